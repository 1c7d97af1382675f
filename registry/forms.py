"""How every form looks: Django's own forms, rendered by our templates (docs/pages.md)."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """`{{ form }}` and `{{ form.field.as_field_group }}` in the site's markup; widgets stay Django's."""

    form_template_name = "registry/forms/form.html"
    field_template_name = "registry/forms/field.html"
