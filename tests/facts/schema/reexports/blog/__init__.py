from blog.models import Post, User
