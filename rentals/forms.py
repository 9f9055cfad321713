"""What the pages of rentals take; the services say what of it is refused."""

from django import forms

from pipeline.forms import WrittenForm


class CustomerFilter(forms.Form):
    q = forms.CharField(required=False, max_length=200)
    active = forms.ChoiceField(
        required=False, choices=[("", "Active or not"), ("true", "Active"), ("false", "Not active")]
    )


class MoneyForm(WrittenForm):
    amount = forms.DecimalField(
        min_value=0, max_digits=5, decimal_places=2, widget=forms.NumberInput({"step": "0.01", "autocomplete": "off"})
    )


class SubscriptionForm(WrittenForm):
    plan_name = forms.CharField(max_length=100, label="Plan", widget=forms.TextInput({"autocomplete": "off"}))
    start_date = forms.DateField(
        label="First day", widget=forms.DateInput({"type": "date", "max": "9999-12-31"}, format="%Y-%m-%d")
    )
    end_date = forms.DateField(
        label="Last day",
        required=False,
        widget=forms.DateInput({"type": "date", "max": "9999-12-31"}, format="%Y-%m-%d"),
    )
