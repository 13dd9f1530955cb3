@app.route("/"
def index():
    return 1

class A:
    @property(
    def x(self):
        return 1
    @
    def y(self):
        return 2
