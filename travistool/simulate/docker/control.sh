#!/bin/sh
# Stands in for `service`, `systemctl` and `/etc/init.d/xvfb`: no manager of services runs in a container. By travistool.
beside=" @BESIDE@ "

say() {
  printf 'travistool: %s\n' "$*" >&2
}

# display ACTION: the screen of `services: xvfb`.
display() {
  lock=/tmp/.X99-lock
  case $1 in
    stop | restart | reload)
      if [ -f "$lock" ]; then kill "$(tr -d ' ' <"$lock")"; fi
      if [ "$1" = stop ]; then return 0; fi
      sleep 0.5
      ;;
    status | is-active)
      [ -f "$lock" ]
      return
      ;;
  esac
  if [ -f "$lock" ]; then return 0; fi
  if ! command -v Xvfb >/dev/null 2>&1; then
    say "there is no Xvfb in this image: 'addons: {apt: {packages: [xvfb]}}' installs it"
    return 1
  fi
  mkdir -m 1777 /tmp/.X11-unix 2>/dev/null
  (
    trap '' HUP
    exec Xvfb :99 -ac -screen 0 1280x1024x24 </dev/null >/dev/null 2>&1
  ) &
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    if [ -S /tmp/.X11-unix/X99 ]; then return 0; fi
    sleep 0.25
  done
  say "Xvfb did not start"
  return 1
}

# control ACTION SERVICE
control() {
  name=${2%.service}
  name=${name%%@*}
  if [ "$name" = xvfb ]; then
    display "$1"
    return
  fi
  case $beside in
    *" $name "*)
      case $1 in
        stop | disable | mask | kill) say "'$name' runs beside this job, and goes on" ;;
        start | enable | unmask) say "'$name' runs beside this job already" ;;
        status | is-active) echo active ;;
        is-enabled) echo enabled ;;
        *) say "'$name' runs beside this job, and is not started anew" ;;
      esac
      return 0
      ;;
  esac
  if [ -x "/etc/init.d/$name" ]; then
    case $1 in
      enable | disable | mask | unmask | is-enabled) return 0 ;;
      is-active) "/etc/init.d/$name" status ;;
      *) "/etc/init.d/$name" "$1" ;;
    esac
    return
  fi
  case $1 in
    stop | disable | mask | kill)
      say "there is no service '$name' in this container, so it does not run"
      return 0
      ;;
    status | is-active)
      echo inactive
      return 3
      ;;
  esac
  say "there is no service '$name' in this container: name it under 'services', or install it"
  return 5
}

case ${0##*/} in
  xvfb) display "${1-start}" ;;
  service)
    if [ $# -lt 2 ]; then
      say "service takes a name and what to do"
      exit 1
    fi
    control "$2" "$1"
    ;;
  *)
    action=""
    result=0
    for word in "$@"; do
      case $word in
        -*) ;;
        *)
          if [ -z "$action" ]; then
            action=$word
          else
            control "$action" "$word" || result=$?
            named=1
          fi
          ;;
      esac
    done
    case $action in
      daemon-reload | daemon-reexec | reset-failed) ;;
      *)
        if [ -z "${named-}" ]; then
          say "systemd does not run in this container"
          exit 1
        fi
        ;;
    esac
    exit "$result"
    ;;
esac
