FLASK_APP=sotay
