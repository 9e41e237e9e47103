package logtest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/store"
	"fayi/judging/store/replica"
)

// Guarded tests a maker of logs against engines that want certificates and passwords: each address is fit for sharing,
// and what is wrong with others is said in words, in seconds. open opens an address, to which a name is added.
func Guarded(t *testing.T, c *Cluster, open func(address string) (replica.Log, error)) {
	t.Helper()
	ca := func(address string) string { // trusts another authority
		before, after, _ := strings.Cut(address, "ca.pem")
		i := strings.LastIndexAny(before, "=")
		return before[:i+1] + c.Other + after
	}
	wrong := func(old, new string) func(string) string {
		return func(address string) string { return strings.Replace(address, old, new, 1) }
	}
	for _, address := range c.Addrs {
		if text := said(t, open, address); text != "" {
			t.Fatalf("%s: %s", address, text)
		}
		cases := []struct {
			address string
			want    string
		}{
			{ca(address), "share.certificate"},
			{wrong("127.0.0.1", "127.0.0.2")(address), "share.away share.certificate"},
		}
		if strings.Contains(address, "geheim") {
			cases = append(cases, []struct {
				address string
				want    string
			}{
				{wrong("geheim", "falsch")(address), "share.password"},
				{wrong("fayi:", "niemand:")(address), "share.password"},
			}...)
		}
		if at := strings.Index(address, "&cert="); at > 0 {
			cases = append(cases, struct{ address, want string }{address[:at], "share.certificate_own"})
		}
		for _, k := range cases {
			began := time.Now()
			if text := said(t, open, k.address); text == "" || !strings.Contains(k.want, text) {
				t.Errorf("%s: %q, want %s", k.address, text, k.want)
			}
			if took := time.Since(began); took > 3*time.Second {
				t.Errorf("%s: said after %v", k.address, took)
			}
		}
	}
	c.Expire()
	for _, address := range c.Addrs {
		if text := said(t, open, address); text != "share.certificate_old" {
			t.Errorf("expired: %q", text)
		}
	}
}

// said is what a log answers, "" where it works. Whatever is wrong, it is away to who only wants to read on.
func said(t *testing.T, open func(string) (replica.Log, error), address string) string {
	t.Helper()
	l, err := open(address)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 800*time.Millisecond)
	defer cancel()
	var told *judging.Error
	if _, err = l.Read(ctx, 1); err == nil {
		return ""
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded): // above, that is away
		return "share.away"
	case !errors.As(err, &told):
		return err.Error()
	}
	if !errors.Is(err, store.ErrAway) {
		t.Errorf("%v is not away", err)
	}
	if strings.Contains(err.Error(), "geheim") {
		t.Errorf("shows the password: %v", err)
	}
	return told.Text
}
