def test_variables_may_be_settings() -> None:
    assert missing("env(DEPLOY_KEY)", {"type": "push"}) == "--settings-env DEPLOY_KEY=..."
    assert missing("sender", {"type": "push"}) == "--sender"
    assert missing("head_branch", {"type": "push"}) == ""
