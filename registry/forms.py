"""How every form looks: Django's own forms, rendered by our field template."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    field_template_name = "registry/forms/field.html"
