"""A directory that lives in this process."""
from ldap3 import MOCK_SYNC, OFFLINE_SLAPD_2_4, Connection, Server

BASE = "ou=people,dc=example,dc=org"
PEOPLE = {
    "ann": {"objectClass": "inetOrgPerson", "sn": "Ng", "cn": "Ann Ng", "mail": "ann@example.org", "employeeType": "staff"},
    "bob": {"objectClass": "inetOrgPerson", "sn": "Ruiz", "cn": "Bob Ruiz", "mail": "bob@example.org", "employeeType": "secret"},
}


def connect():
    server = Server("directory", get_info=OFFLINE_SLAPD_2_4)
    connection = Connection(server, user="cn=admin,dc=example,dc=org", password="-", client_strategy=MOCK_SYNC)
    connection.strategy.add_entry("cn=admin,dc=example,dc=org", {"userPassword": "-", "sn": "admin"})
    for uid, attributes in PEOPLE.items():
        connection.strategy.add_entry(f"uid={uid},{BASE}", {**attributes, "uid": uid})
    connection.bind()
    return connection
