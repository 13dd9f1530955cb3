FLASK_APP=run.py
FLASK_CONFIG=desenvolvimento
