# What every job's shell has. Names and effects are those that configs rely on; the bodies are our own.

# Running one entry -----------------------------------------------------------------------------------------------

# travis_cmd TEXT [--echo] [--display TEXT] [--timing] [--retry] [--assert] [--secure]: run one entry in this shell.
# The names of its variables are part of what a job sees: an entry that sets one of them loses it, as on Travis.
travis_cmd() {
  local assert output display retry timing cmd result secure event
  cmd="$1"
  shift
  while [[ $# -gt 0 ]]; do
    case "$1" in
      --assert) assert=true ;;
      --echo) output=true ;;
      --display) display="$2" && shift ;;
      --retry) retry=true ;;
      --timing) timing=true ;;
      --secure) secure=true ;;
    esac
    shift
  done
  event="${_job_phase-}"
  export TRAVIS_CMD="$cmd"
  if [[ "$secure" ]]; then TRAVIS_CMD="[secure]"; fi
  _job_note "run" "$event" "${display:-$cmd}"
  if [[ "$timing" ]]; then travis_time_start; fi
  if [[ "$output" ]]; then printf '$ %s\n' "${display:-$cmd}"; fi
  # The blank is Travis's: it decides what a last backslash escapes, and where a here-document ends.
  if [[ "$secure" ]]; then
    eval "$cmd " 2>/dev/null
  elif [[ "$retry" ]]; then
    travis_retry eval "$cmd "
  else
    eval "$cmd "
  fi
  result=$?
  # Reading variables that may be unset ends a job under `set -u` here, as on Travis.
  if [[ "$secure" && "$result" -ne 0 ]]; then
    _job_say 31 "We were unable to parse one of your secure environment variables."
    _job_say 31 "Its value is text for the shell: blanks, \$ and other special characters need a backslash or quotes."
  fi
  _job_remember
  if [[ "$timing" ]]; then travis_time_finish "$result" "$event"; fi
  _job_note "ran" "$result"
  if [[ "$assert" ]]; then travis_assert "$result"; fi
  return "$result"
}

# travis_assert [STATUS]: end the job as errored unless the status (by default the last one) is 0.
travis_assert() {
  local last=$?
  local result="${1:-$last}"
  if [[ "$result" -ne 0 ]]; then
    printf '\033[31;1mThe command "%s" failed and exited with %s during %s.\033[0m\n\n' \
      "${TRAVIS_CMD-}" "$result" "${TRAVIS_STAGE-}"
    printf 'Your build has been stopped.\n'
    travis_terminate 2
  fi
}

# travis_result STATUS: say how an entry of script ended, and let the job fail if it did.
travis_result() {
  local result="$1" failed=0 color=32
  if [[ "$result" -ne 0 ]]; then failed=1 color=31; fi
  export TRAVIS_TEST_RESULT=$((${TRAVIS_TEST_RESULT:-0} | failed))
  printf '\033[%s;1mThe command "%s" exited with %s.\033[0m\n' "$color" "${TRAVIS_CMD-}" "$result"
}

# travis_terminate STATUS: end the job at once, with all that it left running.
travis_terminate() {
  local child
  set +e
  _job_remember
  # Listing the children takes a process of its own: only where there ever was one.
  if [[ -n "${!-}" ]]; then
    for child in $(jobs -p); do
      disown "$child" 2>/dev/null
      kill -9 "$child" 2>/dev/null
    done
  fi
  exit "$1"
}

# travis_retry COMMAND...: up to three tries, a second between them.
travis_retry() {
  local result=0 count=1
  while [[ "$count" -le 3 ]]; do
    if [[ "$result" -ne 0 ]]; then
      printf '\n\033[31;1mThe command "%s" failed. Retrying, %s of 3.\033[0m\n\n' "$*" "$count" >&2
    fi
    # Not `||`, which would switch errexit off for what the command runs.
    "$@"
    result=$?
    if [[ "$result" -eq 0 ]]; then break; fi
    count=$((count + 1))
    sleep 1
  done
  if [[ "$count" -gt 3 ]]; then
    printf '\n\033[31;1mThe command "%s" failed 3 times.\033[0m\n\n' "$*" >&2
  fi
  return "$result"
}

# travis_wait [MINUTES] COMMAND...: run a command that is silent for long; its output comes at the end.
travis_wait() {
  local minutes=20 result=0 log pid jigger
  if [[ "$1" =~ ^[0-9]+$ ]]; then
    minutes="$1"
    shift
  fi
  log="travis_wait_$$.log"
  # At once, and from this process: a command that is quick must not be quicker than the line about it.
  printf 'Still running (1 of %s): %s\r' "$minutes" "$*"
  "$@" >"$log" 2>&1 &
  pid=$!
  travis_jigger "$pid" "$minutes" "$@" &
  jigger=$!
  # Under errexit a failure ends the job here, as on Travis.
  wait "$pid" 2>/dev/null
  result=$?
  kill "$jigger" 2>/dev/null
  wait "$jigger" 2>/dev/null
  if [[ "$result" -eq 0 ]]; then
    printf '\n\033[32;1mThe command %s exited with %s.\033[0m\n' "$*" "$result"
  else
    printf '\n\033[31;1mThe command %s exited with %s.\033[0m\n' "$*" "$result"
  fi
  printf '\n\033[32;1mLog:\033[0m\n\n'
  cat "$log"
  return "$result"
}

# travis_jigger PID MINUTES COMMAND...: say once a minute that a command still runs, then kill it.
travis_jigger() {
  local pid="$1" minutes="$2" count=1
  shift 2
  while sleep 60 && [[ "$count" -lt "$minutes" ]]; do
    count=$((count + 1))
    printf 'Still running (%s of %s): %s\r' "$count" "$minutes" "$*"
  done
  printf '\n\033[31;1mTimeout (%s minutes) reached. Terminating "%s"\033[0m\n' "$minutes" "$*"
  kill -9 "$pid"
}

# Marks in the log ------------------------------------------------------------------------------------------------

# travis_fold start|end NAME
travis_fold() {
  printf 'travis_fold:%s:%s\r\033[0K' "$1" "$2"
}

travis_nanoseconds() {
  _job_clock
  printf '%s\n' "$_job_now"
}

# Sets _job_now; without a new process where this bash can.
_job_clock() {
  if [[ -n "${EPOCHREALTIME-}" ]]; then
    _job_now="${EPOCHREALTIME/[.,]/}000"
  else
    _job_now="$(date +%s)000000000"
  fi
}

travis_time_start() {
  _job_clock
  printf -v TRAVIS_TIMER_ID '%04x%04x' "$((RANDOM * 2))" "$((RANDOM * 2))"
  TRAVIS_TIMER_START_TIME="$_job_now"
  export TRAVIS_TIMER_ID TRAVIS_TIMER_START_TIME
  printf 'travis_time:start:%s\r\033[0K' "$TRAVIS_TIMER_ID"
}

travis_time_finish() {
  local last=$?
  local result="${1:-$last}"
  _job_clock
  printf 'travis_time:end:%s:start=%s,finish=%s,duration=%s,event=%s\r\033[0K' "$TRAVIS_TIMER_ID" \
    "$TRAVIS_TIMER_START_TIME" "$_job_now" "$((_job_now - TRAVIS_TIMER_START_TIME))" "${2-${_job_phase-}}"
  return "$result"
}

# _job_note WORD...: tell whoever runs this job how far it is. Nothing, unless it asked to be told.
_job_note() {
  local mark="${_job_marks-}" text
  if [[ -z "$mark" ]]; then return 0; fi
  printf -v text '%s\x1f' "$@"
  printf '\033]%s;%s\a' "$mark" "${text//[$'\a\033']/}"
}

# _job_remember: what a shell that is opened where the job has ended starts from, if there will be one.
_job_remember() {
  if [[ -n "${_job_state-}" ]]; then
    # It holds the values of secrets.
    (umask 077 && { declare -px && printf 'cd -- %q\n' "$PWD"; } >"$_job_state")
  fi
}

# _job_phase NAME: a phase begins.
_job_phase() {
  _job_phase="$1"
  _job_note "phase" "$1"
}

# _job_say COLOR TEXT: a line in green (32), red (31) or yellow (33); 0 is plain.
_job_say() {
  if [[ "$1" = 0 ]]; then printf '%s\n' "$2"; else printf '\033[%s;1m%s\033[0m\n' "$1" "$2"; fi
}

# Tools -----------------------------------------------------------------------------------------------------------

# travis_vers2int VERSION: a number that compares as versions do, of the four numbers that the text begins with.
travis_vers2int() {
  local IFS=. parts
  read -r -a parts <<<"${1%%[!0-9.]*}"
  # In base ten whatever it starts with: 09 is no number to bash.
  printf '1%03d%03d%03d%03d' "$((10#${parts[0]:-0}))" "$((10#${parts[1]:-0}))" "$((10#${parts[2]:-0}))" "$((10#${parts[3]:-0}))"
}

# travis_download URL [FILE]
travis_download() {
  local url="$1" file="${2:-${1##*/}}"
  if command -v curl >/dev/null; then
    curl -fsSL --connect-timeout 5 "$url" -o "$file"
  else
    wget -q --timeout=5 "$url" -O "$file"
  fi
}

# travis_key NAME FILE: write what the variable TRAVIS_NAME holds in base64.
travis_key() {
  local variable="TRAVIS_$1"
  if [[ -z "${!variable-}" ]]; then
    _job_say 31 "There is no variable $variable."
    exit 1
  fi
  (umask 077 && base64 --decode <<<"${!variable}" >"$2")
}

travis_internal_ruby() {
  printf '2.6.5\n'
}

travis_apt_get_options() {
  printf '%s' '--allow-downgrades --allow-remove-essential --allow-change-held-packages'
}

travis_apt_get_update() {
  sudo rm -rf /var/lib/apt/lists/*
  sudo apt-get update "$@"
}

# travis_setup_env, travis_decrypt and decrypt belong to the service's own machines.
travis_setup_env() { :; }
travis_decrypt() { printf '%s' "$1"; }
decrypt() { travis_decrypt "$@"; }

# Deploying -------------------------------------------------------------------------------------------------------

# _job_holds TEST: tell whether a condition of a deployment holds, in this shell.
_job_holds() {
  eval "[[ ($1) ]]"
}

# _job_reads TEST...: end the job where a test is none to bash. Travis's script is read up to here and no further then.
_job_reads() {
  local text
  for text in "$@"; do
    if ! eval "_job_test() { [[ ($text) ]]; }"; then
      _job_say 31 "A condition of deploy is none that bash can read: $text"
      travis_terminate 2
    fi
  done
}

_job_failed_to_deploy() {
  _job_say 31 "failed to deploy"
  travis_terminate 2
}

_job_unknown_provider() {
  _job_say 31 "Unknown provider: $1"
  return 1
}

_job_unknown_option() {
  _job_say 31 "Unknown option: $1"
  return 1
}

# _job_deploy_script cleanup|keep SCRIPT [COMMAND...]: what dpl does for the provider `script`, then for `run`.
_job_deploy_script() {
  local cleanup="$1" result=0 text
  shift
  if [[ -z "$1" ]]; then
    _job_say 31 "Missing required option: script"
    return 1
  fi
  _job_note "run" "deploy" "$1"
  if [[ "$cleanup" = cleanup ]]; then git stash --all --quiet 2>/dev/null; fi
  for text in "$@"; do
    # As dpl reads them: `\n` is a line break, and two blanks are one where there is only one line.
    text="${text//\\n/$'\n'}"
    text="${text%$'\n'}"
    if [[ "$text" != *$'\n'* ]]; then text="${text//  / }"; fi
    printf '$ %s\n' "$text"
    sh -c "$text" || { result=$?; break; }
  done
  if [[ "$cleanup" = cleanup ]]; then git stash pop --quiet 2>/dev/null; fi
  _job_note "ran" "$result"
  return "$result"
}

# _job_dpl PROVIDER [NAME=VARIABLE...] -- OPTION...: the real tool, where the machine has it. Secrets are in its environment.
# Those in lists stand in its options as names of variables: Ruby puts the values there when dpl is running already.
_job_dpl() {
  local provider="$1" result options secrets=()
  while shift && [[ "$1" != -- ]]; do secrets+=("$1"); done
  shift
  if ! command -v dpl >/dev/null; then
    _job_say 31 "There is no dpl on this machine: the provider '$provider' cannot deploy from here."
    return 1
  fi
  _job_note "run" "deploy" "dpl --provider=$provider"
  (
    for secret in ${secrets[@]+"${secrets[@]}"}; do
      variable="${secret#*=}"
      export "${secret%%=*}=${!variable-}"
    done
    if [[ "$*" = *=travistool:_job_deploy_* ]]; then
      options="$TRAVIS_TMPDIR/travistool-options.rb"
      printf '%s\n' 'ENV["RUBYOPT"] = ENV.delete("_job_rubyopt")' \
        'ARGV.map! { |one| one.sub(/\A(--\w+=)travistool:(\w+)\z/) { $1 + ENV.delete($2).to_s } }' >"$options"
      export _job_rubyopt="${RUBYOPT-}" RUBYOPT="-r$options ${RUBYOPT-}"
    fi
    dpl --provider="$provider" "$@" --fold
  )
  result=$?
  _job_note "ran" "$result"
  return "$result"
}

# _job_would_deploy PROVIDER OPTION...: say what a deployment would do, with the values that it would get.
_job_would_deploy() {
  local option
  _job_say 33 "Dry run: the provider '$1' would deploy with"
  shift
  for option in "$@"; do printf '  %s\n' "$option"; done
}

# Caches and workspaces -------------------------------------------------------------------------------------------

# _job_is_inside FOLDER: tell whether a folder, there or not, is the job's own. In a machine of its own, all are.
_job_is_inside() {
  local at="$1" rest="" own
  if [[ -z "${TRAVISTOOL_INSIDE-}" ]]; then return 0; fi
  if [[ "$at" != /* ]]; then at="$PWD/$at"; fi
  while [[ ! -d "$at/" ]]; do
    rest="/${at##*/}$rest"
    at="${at%/*}"
  done
  own="$(cd -P -- "$TRAVISTOOL_INSIDE" && pwd)"
  if [[ "$rest/" != */../* && "$(cd -P -- "$at/" && pwd)/" == "$own"/* ]]; then return 0; fi
  _job_say 33 "$1 is outside of the job's own folder: what this machine has there stays as it is."
  return 1
}

# _job_cache_fetch NAME FOLDER
_job_cache_fetch() {
  local archive="${TRAVISTOOL_CACHE-}/$1.tar"
  if [[ -z "${TRAVISTOOL_CACHE-}" || ! -f "$archive" ]] || ! _job_is_inside "$2"; then return 0; fi
  _job_say 0 "Restoring $2"
  mkdir -p "$2" && tar -C "$2" -xf "$archive"
}

# _job_cache_store NAME FOLDER
_job_cache_store() {
  local archive="${TRAVISTOOL_CACHE-}/$1.tar"
  if [[ -z "${TRAVISTOOL_CACHE-}" || ! -d "$2" ]] || ! _job_is_inside "$2"; then return 0; fi
  _job_say 0 "Storing $2"
  # What jobs have left that were ended while they stored.
  find "${archive%/*}" -name '*.tar.*' -mmin +60 -exec rm -f {} + 2>/dev/null
  # In one step: another job may be reading.
  local new="$archive.$$.$RANDOM"
  tar -C "$2" -cf "$new" . && mv -f "$new" "$archive"
}

# _job_workspace_create FILE NAME PATH...: what is in the home may come to another one, the rest to where it was.
_job_workspace_create() {
  local archive="${TRAVISTOOL_WORKSPACES-}/$1" path home=() others=()
  if [[ -z "${TRAVISTOOL_WORKSPACES-}" ]]; then return 0; fi
  _job_say 0 "Creating the workspace $2"
  shift 2
  for path in "$@"; do
    if [[ "$path" != /* ]]; then path="$TRAVIS_BUILD_DIR/$path"; fi
    if ! _job_is_inside "$path"; then continue; fi
    if [[ -d "$path" ]]; then
      path="$(cd "$path" && pwd)"
    elif [[ -d "${path%/*}/" ]]; then
      path="$(cd "${path%/*}/" && pwd)/${path##*/}"
    fi
    case "$path" in
      "$HOME") home+=(.) ;;
      "$HOME"/*) home+=("${path#"$HOME"/}") ;;
      *) others+=("${path#/}") ;;
    esac
  done
  if [[ "${#home[@]}" -gt 0 ]]; then tar -C "$HOME" -cf "$archive.home.tar" -- "${home[@]}"; fi
  if [[ "${#others[@]}" -gt 0 ]]; then tar -C / -cf "$archive.others.tar" -- "${others[@]}"; fi
}

# _job_workspace_use FILE NAME
_job_workspace_use() {
  local archive="${TRAVISTOOL_WORKSPACES-}/$1"
  if [[ ! -f "$archive.home.tar" && ! -f "$archive.others.tar" ]]; then
    _job_say 33 "There is no workspace $2."
    return 0
  fi
  _job_say 0 "Using the workspace $2"
  if [[ -f "$archive.home.tar" ]]; then tar -C "$HOME" -xf "$archive.home.tar"; fi
  if [[ -f "$archive.others.tar" ]]; then tar -C / -xf "$archive.others.tar"; fi
}

# Set-up of a language --------------------------------------------------------------------------------------------

# _job_setup TEXT [FLAG...]: run a command of the set-up where its tool is here; else the machine's version is taken.
_job_setup() {
  local tool="${1%% *}" file
  case "$1" in
    "source "*)
      file="${1#source }"
      file="${file/#\~/$HOME}"
      if [[ ! -f "$file" ]] && ! _job_virtualenv "${file%/bin/activate}"; then
        _job_say 33 "$1: there is no such file here, the machine's own version is taken."
        return 0
      fi
      ;;
    "curl "* | "wget "* | "rustup update"*)
      _job_say 33 "$1: nothing is downloaded here, the machine's own version is taken."
      return 0
      ;;
    *)
      if ! type -t "$tool" >/dev/null; then
        _job_say 33 "$1: there is no $tool here, the machine's own version is taken."
        return 0
      fi
      ;;
  esac
  travis_cmd "$@"
}

# _job_make_virtualenv PYTHON FOLDER: pip comes out of the archive that Python has; installing it takes ten times as long.
_job_make_virtualenv() {
  local unpack='
import ensurepip, os, sys, sysconfig, zipfile
folder = getattr(ensurepip, "_WHEEL_PKG_DIR", None) or os.path.join(os.path.dirname(ensurepip.__file__), "_bundled")
wheels = [name for name in os.listdir(folder) if name.startswith(("pip-", "setuptools-")) and name.endswith(".whl")]
if not any(name.startswith("pip-") for name in wheels):
    sys.exit(1)
for name in wheels:
    zipfile.ZipFile(os.path.join(folder, name)).extractall(sysconfig.get_path("purelib"))
for name in ("pip", "pip3", "pip%d.%d" % sys.version_info[:2]):
    path = os.path.join(os.path.dirname(sys.executable), name)
    with open(path, "w") as file:
        file.write("#!/bin/sh\nexec \"${0%/*}/python\" -m pip \"$@\"\n")
    os.chmod(path, 0o755)
'
  if "$1" -m venv --without-pip "$2" && "$2/bin/python" -c "$unpack"; then return 0; fi
  rm -rf "$2"
  "$1" -m venv "$2"
}

# _job_virtualenv FOLDER: make the virtual environment that Travis's images have, so that pip changes nothing else.
_job_virtualenv() {
  local name="${1##*/}" tool
  for tool in "${name%%_*}" python3 python; do
    if command -v "$tool" >/dev/null && _job_make_virtualenv "$tool" "$1" >/dev/null 2>&1; then
      if [[ "$tool" != "${name%%_*}" ]]; then _job_say 33 "There is no ${name%%_*} here: this is $("$tool" --version)."; fi
      return 0
    fi
    rm -rf "$1"
  done
  return 1
}
