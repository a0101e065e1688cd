from markupsafe import Markup, escape


def badge(state):
    return Markup(f'<span class="badge">{state}</span>')  # info: [unsafe-markup] "cannot see"


def highlight(text, words):
    return Markup(str(escape(text)).replace(words, f"<mark>{words}</mark>"))  # info: [unsafe-markup] "cannot see"


def init_app(app):
    app.add_template_filter(badge)
    app.add_template_filter(highlight)
