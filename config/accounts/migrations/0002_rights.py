from django.db import migrations

MAKE = """
CREATE OR REPLACE FUNCTION accounts_rights(
    who uuid, OUT role_names text[], OUT group_permissions text[], OUT own_permissions text[]
) LANGUAGE plpgsql STABLE AS $$
BEGIN
    role_names := ARRAY(
        SELECT g.name::text FROM accounts_user_groups m JOIN auth_group g ON g.id = m.group_id WHERE m.user_id = who
    );
    group_permissions := ARRAY(
        SELECT c.app_label || '.' || p.codename
        FROM accounts_user_groups m
        JOIN auth_group_permissions gp ON gp.group_id = m.group_id
        JOIN auth_permission p ON p.id = gp.permission_id
        JOIN django_content_type c ON c.id = p.content_type_id
        WHERE m.user_id = who
    );
    own_permissions := ARRAY(
        SELECT c.app_label || '.' || p.codename
        FROM accounts_user_user_permissions up
        JOIN auth_permission p ON p.id = up.permission_id
        JOIN django_content_type c ON c.id = p.content_type_id
        WHERE up.user_id = who
    );
END
$$
"""


class Migration(migrations.Migration):
    """The caller's roles and permissions, for `UserQuerySet.caller`."""

    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(MAKE, "DROP FUNCTION IF EXISTS accounts_rights(uuid)")]
