"""The matcher beside its peers, a manuscript through all rules, a long list loaded anew."""
