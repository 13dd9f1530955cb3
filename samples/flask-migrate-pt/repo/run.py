import os

from blog import criar_app

app = criar_app(os.environ.get("FLASK_CONFIG", "default"))

if __name__ == "__main__":
    app.run()
