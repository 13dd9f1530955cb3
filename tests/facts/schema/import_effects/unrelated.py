from app.models import User

print(User)
