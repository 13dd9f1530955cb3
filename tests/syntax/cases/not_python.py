{% if user %}
<p>Hello, {{ user.name }}!</p>
{% endif %}
