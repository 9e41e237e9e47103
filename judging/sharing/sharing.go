// Package sharing knows the engines by which a contest can be shared, by their addresses:
//
//	lan://host:port                                             the first computer itself, see lanlog
//	etcd://user:password@host:2379,host:2379/name?ca=FILE       etcd, etcds with TLS, see etcdlog
//	postgres://user:password@host/database?sslmode=…&log=name   PostgreSQL, see pglog
//
// and the places where its files are kept for all (Place). Errors are those of the engines; Invalid, "share.address",
// for an address that can't be read.
package sharing

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fayi/internal/atomicfile"
	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/replica"
	"fayi/judging/store/replica/etcdlog"
	"fayi/judging/store/replica/lanlog"
	"fayi/judging/store/replica/pglog"
)

// keepName is the file of a contest's folder in which the first computer keeps the log.
const keepName = "log.db"

// keepOf is where the log is that the computer keeps itself; false where it keeps none.
func keepOf(dir string) (path string, there bool) {
	path = filepath.Join(dir, keepName)
	info, err := os.Lstat(path)
	return path, err == nil && info.Mode().IsRegular()
}

// markName is the file that says that the contest in a folder follows its log. Copies of the database are made for many
// ends, and know how it was shared; without this file none of them follows.
const markName = "shared"

// Mark has the contest in dir follow its log from its next opening on. Errors: Unavailable.
func Mark(dir string) error {
	path := filepath.Join(dir, markName)
	return store.Translate(path, atomicfile.Write(path, 0o600, func(io.Writer) error { return nil }))
}

// Marked reports whether the contest in dir follows its log.
func Marked(dir string) bool {
	info, err := os.Lstat(filepath.Join(dir, markName))
	return err == nil && info.Mode().IsRegular()
}

// Keeps reports whether this computer keeps the log of the contest in dir itself.
func Keeps(dir string) bool {
	_, there := keepOf(dir)
	return there
}

// Dial returns the log of a share, for the contest in dir. It asks nobody yet.
func Dial(dir string, s replica.Share) (replica.Log, error) {
	if !strings.HasPrefix(s.Address, "lan://") {
		return dial(s.Address)
	}
	if path, there := keepOf(dir); there {
		return lanlog.OpenKeep(path)
	}
	return lanlog.Dial(s.Address, s.Key)
}

func dial(address string) (replica.Log, error) {
	scheme, _, _ := strings.Cut(address, "://")
	switch scheme {
	case "etcd", "etcds":
		return etcdlog.Open(address)
	case "postgres", "postgresql":
		return pglog.Open(address)
	}
	return nil, judging.Fail(judging.Invalid, "share.address", nil)
}

// Start returns an empty log at the address to, for the contest in dir, and the address with the log's name. Of
// lan://host:port the computer keeps the log itself, and others reach it at that address, which has to be one of its
// own.
func Start(ctx context.Context, dir, to string, random io.Reader) (replica.Log, string, error) {
	if strings.HasPrefix(to, "lan://") {
		err := lanlog.Check(to)
		if err == nil {
			err = own(ctx, to)
		}
		if err != nil {
			return nil, "", err // before anything is shared that nobody could reach
		}
		log, err := lanlog.OpenKeep(filepath.Join(dir, keepName))
		return log, to, err
	}
	var id [5]byte
	if _, err := io.ReadFull(random, id[:]); err != nil {
		return nil, "", judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
	}
	address, err := named(to, hex.EncodeToString(id[:]))
	if err != nil {
		return nil, "", err
	}
	log, err := dial(address)
	return log, address, err
}

// named adds a log's name to an address that has none.
func named(to, name string) (string, error) {
	scheme, rest, ok := strings.Cut(to, "://")
	switch {
	case !ok:
	case scheme == "etcd" || scheme == "etcds":
		place, query, asks := strings.Cut(rest, "?")
		host, given, _ := strings.Cut(place, "/")
		if given == "" {
			given = name
		}
		if to = scheme + "://" + host + "/" + given; asks {
			to += "?" + query
		}
		return to, nil
	case scheme == "postgres" || scheme == "postgresql":
		u, err := url.Parse(to)
		if err != nil {
			break
		}
		q := u.Query()
		if q.Get("log") == "" {
			q.Set("log", name)
		}
		u.RawQuery = q.Encode()
		return u.String(), nil
	}
	return "", judging.Fail(judging.Invalid, "share.address", nil)
}

// SetAside gives a log that lies in dir, though nothing is shared there, another name: a sharing that was cut off left
// it, or the mark was lost, and then others may have written into it. Errors: Unavailable.
func SetAside(dir string) error {
	path, there := keepOf(dir)
	for n := 1; there; n++ {
		free := filepath.Join(dir, fmt.Sprintf("log-%d.db", n))
		if _, err := os.Lstat(free); errors.Is(err, os.ErrNotExist) {
			return store.Translate(path, os.Rename(path, free))
		}
	}
	return nil
}

// Forget removes what Mark and Start left in dir, where nothing is shared any more or was after all. Errors:
// Unavailable.
func Forget(dir string) error {
	for _, name := range []string{markName, keepName} {
		path := filepath.Join(dir, name)
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return store.Translate(path, err)
		}
	}
	return forgetDepot(dir)
}

// Serve lets others on the network reach the log that this computer keeps for the contest in dir, at the port of its
// address, until stop is called. It does nothing for a log that another engine keeps. Errors: those of lanlog.Listen.
func Serve(ctx context.Context, dir string, log replica.Log, s replica.Share) (stop func() error, err error) {
	if !Keeps(dir) {
		return func() error { return nil }, nil
	}
	_, port, err := net.SplitHostPort(strings.TrimPrefix(s.Address, "lan://"))
	if err != nil {
		return nil, judging.Fail(judging.Invalid, "share.address", nil)
	}
	return lanlog.Listen(ctx, port, log, s.Key)
}

// Shown is an address without the password in it.
func Shown(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	place, tail, slash := strings.Cut(rest, "/")
	if at := strings.LastIndex(place, "@"); ok && at >= 0 {
		place = place[at+1:]
	}
	tail, _, _ = strings.Cut(tail, "?")
	if slash {
		place += "/" + tail
	}
	return scheme + "://" + place
}
