class Post(Base):
    __tablename__ = "posts"
    title: Mapped[str] = mapped_column(String(200), nullable=False
    body: Mapped[str]
    tags = relationship(
        "Tag",
        secondary=post_tags

    def summary(self):
        return self.body[:80]

def after():
    return [1, 2
