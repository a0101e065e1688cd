from library.forms.auth import ForgotForm, LoginForm, RegisterForm, ResetForm
from library.forms.base import BaseForm, EmptyForm
from library.forms.catalog import BookForm, ImportForm, IsbnForm, ReviewForm, SearchForm
from library.forms.members import MemberForm, PasswordForm, ProfileForm, TokenForm

__all__ = [
    "BaseForm",
    "BookForm",
    "EmptyForm",
    "ForgotForm",
    "ImportForm",
    "IsbnForm",
    "LoginForm",
    "MemberForm",
    "PasswordForm",
    "ProfileForm",
    "RegisterForm",
    "ResetForm",
    "ReviewForm",
    "SearchForm",
    "TokenForm",
]
