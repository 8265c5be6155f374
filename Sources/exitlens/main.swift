print("exitlens")
