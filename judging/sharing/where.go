package sharing

import (
	"net/url"
	"strings"
)

// Kinds of places where a contest can be shared.
const (
	Here     = "lan"
	Etcd     = "etcd"
	Postgres = "postgres"
)

// Where is an address in parts, as a person fills them in.
type Where struct {
	Kind     string
	Hosts    string // host:port, several of etcd with commas between
	Database string // of PostgreSQL
	User     string
	Password string
	CA       string // the file of the authority that signed the engine's certificate; "" for none
}

// Address is what Start reads.
func (w Where) Address() string {
	hosts := strings.TrimSpace(w.Hosts)
	if w.User != "" && w.Kind != Here {
		hosts = url.UserPassword(w.User, w.Password).String() + "@" + hosts
	}
	switch w.Kind {
	case Etcd:
		if w.CA == "" {
			return "etcd://" + hosts
		}
		return "etcds://" + hosts + "?" + url.Values{"ca": {w.CA}}.Encode()
	case Postgres:
		address := "postgres://" + hosts + "/" + url.PathEscape(w.Database)
		if w.CA == "" {
			return address
		}
		return address + "?" + url.Values{"sslmode": {"verify-full"}, "sslrootcert": {w.CA}}.Encode()
	}
	return Here + "://" + hosts
}
