package etcdlog_test

import (
	"fmt"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/store/replica"
	"fayi/judging/store/replica/etcdlog"
	"fayi/judging/store/replica/logtest"
)

// TestEtcdKeepsThePromise: three members, as themselves.
func TestEtcdKeepsThePromise(t *testing.T) {
	at, n := logtest.Start(t, "etcd").Addrs[0], 0
	logtest.Suite(t, func(*testing.T) func(*testing.T) replica.Log {
		n++
		address := fmt.Sprintf("%s/log%d", at, n)
		return func(t *testing.T) replica.Log {
			l, err := etcdlog.Open(address)
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
	})
}

func TestAddressesThatCantBeRead(t *testing.T) {
	for _, address := range []string{
		"", "etcd://", "etcd:///name", "etcd://host:2379", "etcd://host:2379/", "etcd://a:1,,b:2/name",
		"etcd://u:%zz@host:1/name", "http://host:1/name", "etcd://host:1/name?%zz",
	} {
		if _, err := etcdlog.Open(address); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%q: %v", address, err)
		}
	}
	if _, err := etcdlog.Open("etcds://host:1/name?ca=/none.pem"); judging.CodeOf(err) != judging.NotFound {
		t.Errorf("a missing file: %v", err)
	}
}

// TestEtcdWithCertificatesAndPasswords: as an office of some size has it.
func TestEtcdWithCertificatesAndPasswords(t *testing.T) {
	logtest.Guarded(t, logtest.StartTLS(t, "etcd"), func(address string) (replica.Log, error) {
		place, query, _ := strings.Cut(address, "?")
		return etcdlog.Open(place + "/guarded?" + query)
	})
}

// TestOneWithAPasswordOpensWhileTheEngineIsAway: the contest is read then, and goes on when it is back.
func TestOneWithAPasswordOpensWhileTheEngineIsAway(t *testing.T) {
	l, err := etcdlog.Open("etcd://u:geheim@127.0.0.1:1/name")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := l.Read(t.Context(), 1); err == nil {
		t.Errorf("got %v", err)
	}
}
