package etcdlog_test

import (
	"fmt"
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
