from blogg.kommandon import program

program()
