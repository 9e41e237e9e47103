package pglog_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/store/replica"
	"fayi/judging/store/replica/logtest"
	"fayi/judging/store/replica/pglog"
)

// TestPostgreSQLKeepsThePromise: a server as itself.
func TestPostgreSQLKeepsThePromise(t *testing.T) {
	at, n := logtest.Start(t, "postgres").Addrs[0], 0
	logtest.Suite(t, func(*testing.T) func(*testing.T) replica.Log {
		n++
		address := fmt.Sprintf("%s&log=log%d", at, n)
		return func(t *testing.T) replica.Log {
			l, err := pglog.Open(address)
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
	})
}

// TestAddressesThatCantBeRead: and the error shows no password.
func TestAddressesThatCantBeRead(t *testing.T) {
	for _, address := range []string{
		"postgres://u:geheim@host/db", "postgres://u:geheim@host:x/db?log=a", "postgres://u:geheim@ho st/db?log=a",
		"postgres://u:geheim@host/db?log=a&sslmode=maybe",
	} {
		_, err := pglog.Open(address)
		if judging.CodeOf(err) != judging.Invalid || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%q: %v", address, err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	l, err := pglog.Open("postgres://u:geheim@127.0.0.1:1/db?log=a")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = l.Read(ctx, 1)
	for _, err := range []error{err, l.Append(ctx, 1, nil), l.Wait(ctx, 1)} {
		if judging.CodeOf(err) != judging.Unavailable {
			t.Errorf("nobody there: %v", err)
		}
	}
}

// TestPostgreSQLWithCertificatesAndPasswords: with verify-full, as an office of some size has it.
func TestPostgreSQLWithCertificatesAndPasswords(t *testing.T) {
	logtest.Guarded(t, logtest.StartTLS(t, "postgres"), func(address string) (replica.Log, error) {
		return pglog.Open(address + "&log=guarded")
	})
}
