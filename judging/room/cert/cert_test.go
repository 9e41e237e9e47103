package cert

import (
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fayi/judging"
)

var today = time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)

func authority(t *testing.T) *Authority {
	t.Helper()
	a, err := NewAuthority("甲县法治作品征集", today, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTheAuthorityVouchesForItsRoomsUntilTheyEnd(t *testing.T) {
	a := authority(t)
	packed, err := a.Pack()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Unpack(packed)
	if err != nil || again.Print() != a.Print() || len(a.Print()) != 16*4+15 {
		t.Fatal(err, a.Print())
	}
	c, err := again.Certificate([]string{"192.168.1.5", "127.0.0.1", "laptop.local"}, today, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for host, at := range map[string]time.Time{
		"192.168.1.5": today, "laptop.local": today.Add(-23 * time.Hour), "127.0.0.1": today.Add(29 * 24 * time.Hour),
	} {
		if err := trusts(a, c, host, at); err != nil {
			t.Errorf("%s at %v: %v", host, at, err)
		}
	}
	for host, at := range map[string]time.Time{
		"192.168.1.6": today, "192.168.1.5": today.Add(31 * 24 * time.Hour), "laptop.local": today.Add(-48 * time.Hour),
	} {
		if trusts(a, c, host, at) == nil {
			t.Errorf("%s at %v is trusted", host, at)
		}
	}
	if trusts(authority(t), c, "192.168.1.5", today) == nil {
		t.Error("another contest's authority vouches for it")
	}
	if !a.Lasts(today.Add(2*365*24*time.Hour)) || a.Lasts(today.Add(rootFor-leafFor)) {
		t.Error("how long it lasts")
	}
}

func trusts(a *Authority, c tls.Certificate, host string, at time.Time) error {
	_, err := c.Leaf.Verify(x509.VerifyOptions{Roots: a.Pool(), DNSName: host, CurrentTime: at})
	return err
}

// TestTheAuthorityCannotPoseAsASite: even who holds the contest's file can't.
func TestTheAuthorityCannotPoseAsASite(t *testing.T) {
	a := authority(t)
	for _, host := range []string{"8.8.8.8", "203.0.113.7", "bank.example", "2001:db8::1"} {
		_, err := a.Certificate([]string{host}, today, rand.Reader)
		if judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s: %v", host, err)
		}
	}
	c, err := a.Certificate([]string{"192.168.1.5", "8.8.8.8"}, today, rand.Reader)
	if err != nil || trusts(a, c, "192.168.1.5", today) != nil || trusts(a, c, "8.8.8.8", today) == nil {
		t.Error("a public address after a local one:", err)
	}
	root, err := x509.ParseCertificate(a.Root())
	if err != nil || !root.IsCA || !root.PermittedDNSDomainsCritical || !root.MaxPathLenZero {
		t.Error(root, err)
	}
}

// write writes a certificate and a key as PEM files.
func write(t *testing.T, c tls.Certificate) (certFile, keyFile string) {
	t.Helper()
	key, err := x509.MarshalPKCS8PrivateKey(c.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	certFile, keyFile = filepath.Join(dir, "a.pem"), filepath.Join(dir, "a.key")
	for path, b := range map[string]*pem.Block{
		certFile: {Type: "CERTIFICATE", Bytes: c.Certificate[0]}, keyFile: {Type: "PRIVATE KEY", Bytes: key},
	} {
		if err := os.WriteFile(path, pem.EncodeToMemory(b), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return certFile, keyFile
}

func TestAnOfficesCertificateIsReadOrRefusedInWords(t *testing.T) {
	a := authority(t)
	good, err := a.Certificate([]string{"10.0.0.8", "laptop.local"}, today, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	other, err := a.Certificate([]string{"10.0.0.9"}, today, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	certFile, keyFile := write(t, good)
	c, err := Load(certFile, keyFile, today)
	if err != nil {
		t.Fatal(err)
	}
	if h := Hosts(c); len(h) != 2 || h[0] != "laptop.local" || h[1] != "10.0.0.8" {
		t.Errorf("hosts %v", h)
	}
	_, otherKey := write(t, other)
	none, err := a.Certificate(nil, today, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	noneCert, noneKey := write(t, none)
	for _, bad := range []struct {
		cert, key string
		at        time.Time
		text      string
	}{
		{certFile, otherKey, today, "room.bad_cert"},
		{keyFile, certFile, today, "room.bad_cert"},
		{certFile, filepath.Join(t.TempDir(), "none"), today, "room.no_cert_file"},
		{certFile, keyFile, today.Add(40 * 24 * time.Hour), "room.cert_out_of_date"},
		{certFile, keyFile, today.Add(-40 * 24 * time.Hour), "room.cert_out_of_date"},
		{noneCert, noneKey, today, "room.cert_no_host"},
	} {
		_, err := Load(bad.cert, bad.key, bad.at)
		if e := (*judging.Error)(nil); !errors.As(err, &e) || e.Text != bad.text {
			t.Errorf("%v, want %s", err, bad.text)
		}
	}
	for _, bad := range []string{"", "{}", `{"cert":"AA==","key":"AA=="}`} {
		if _, err := Unpack([]byte(bad)); err == nil {
			t.Errorf("unpacked %q", bad)
		}
	}
}
