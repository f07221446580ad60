"""发现: websites and accounts that speak for the school and stand in no register."""
