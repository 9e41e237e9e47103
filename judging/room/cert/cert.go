// Package cert makes and reads the certificates by which devices know the room on HTTPS.
//
// It promises: the contest's own authority vouches for addresses of local networks only, so that a device which trusts
// it trusts nobody about any site of the internet; a certificate that is out of date, or of another key, is refused
// before a room is opened with it. It keeps nothing: package passes does.
package cert

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/json"
	"io"
	"math/big"
	"net"
	"slices"
	"strings"
	"time"

	"fayi/internal/regular"
	"fayi/judging"
)

const (
	rootFor  = 3 * 365 * 24 * time.Hour // a contest is over by then
	leafFor  = 30 * 24 * time.Hour      // of one opening of a room
	early    = 24 * time.Hour           // devices' clocks may be behind
	mostFile = 1 << 20                  // bytes of a certificate's file
	mostName = 40                       // characters of the contest's title in the name of its authority
)

// local are the networks that an authority may vouch for: the private ones, the computer itself, and one that nobody on
// the internet has, which is kept for tests.
var local = []string{
	"192.0.2.0/24",
	"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "127.0.0.0/8",
	"::1/128", "fc00::/7", "fe80::/10",
}

// domain is the only one that an authority may vouch for: names that machines give each other on a local network.
const domain = "local"

// Authority vouches for the rooms of one contest.
type Authority struct {
	cert *x509.Certificate
	key  crypto.Signer
}

// kept is how an authority is stored.
type kept struct {
	Cert []byte `json:"cert"` // DER
	Key  []byte `json:"key"`  // PKCS #8
}

// NewAuthority makes the authority of a contest. Errors: Unavailable without randomness.
func NewAuthority(title string, now time.Time, random io.Reader) (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), random)
	if err != nil {
		return nil, noRandom(err)
	}
	if runes := []rune(title); len(runes) > mostName {
		title = string(runes[:mostName])
	}
	of := &x509.Certificate{
		Subject:   pkix.Name{CommonName: strings.TrimSpace("法艺评审 " + title)},
		NotBefore: now.Add(-early), NotAfter: now.Add(rootFor),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage:                    x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		PermittedDNSDomainsCritical: true, PermittedDNSDomains: []string{domain},
	}
	for _, s := range local {
		_, n, err := net.ParseCIDR(s)
		if err != nil {
			return nil, judging.Fail(judging.Internal, "error.internal", judging.Args{"Detail": s}).Because(err)
		}
		of.PermittedIPRanges = append(of.PermittedIPRanges, n)
	}
	der, err := issue(of, of, &key.PublicKey, key, random)
	if err != nil {
		return nil, err
	}
	made, err := x509.ParseCertificate(der)
	return &Authority{made, key}, err
}

func noRandom(err error) error {
	return judging.Fail(judging.Unavailable, "contest.no_random", nil).Because(err)
}

// issue signs a certificate with a serial number of its own.
func issue(of, by *x509.Certificate, public, key any, random io.Reader) ([]byte, error) {
	var err error
	if of.SerialNumber, err = rand.Int(random, new(big.Int).Lsh(big.NewInt(1), 120)); err != nil {
		return nil, noRandom(err)
	}
	der, err := x509.CreateCertificate(random, of, by, public, key)
	if err != nil {
		return nil, noRandom(err)
	}
	return der, nil
}

// Pack returns the authority as it is stored. Whoever has it can pass as a room of the contest.
func (a *Authority) Pack() ([]byte, error) {
	key, err := x509.MarshalPKCS8PrivateKey(a.key)
	if err != nil {
		return nil, err
	}
	return json.Marshal(kept{a.cert.Raw, key})
}

// Unpack returns a stored authority. Errors: it is not one.
func Unpack(stored []byte) (*Authority, error) {
	var k kept
	if err := json.Unmarshal(stored, &k); err != nil {
		return nil, err
	}
	c, err := x509.ParseCertificate(k.Cert)
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKCS8PrivateKey(k.Key)
	if err != nil {
		return nil, err
	}
	signer, ok := key.(*ecdsa.PrivateKey)
	if !ok || !signer.PublicKey.Equal(c.PublicKey) {
		return nil, x509.ErrUnsupportedAlgorithm
	}
	return &Authority{c, signer}, nil
}

// Lasts reports whether rooms can be opened with it for another while.
func (a *Authority) Lasts(now time.Time) bool { return now.Add(leafFor).Before(a.cert.NotAfter) }

// Root is what devices are made to trust, in DER.
func (a *Authority) Root() []byte { return a.cert.Raw }

// Until is when it ends.
func (a *Authority) Until() time.Time { return a.cert.NotAfter }

// Print is the fingerprint of the root as people compare it: SHA-256 in groups of four hexadecimal digits.
func (a *Authority) Print() string {
	sum := sha256.Sum256(a.cert.Raw)
	digits := strings.ToUpper(hex.EncodeToString(sum[:]))
	var groups []string
	for i := 0; i < len(digits); i += 4 {
		groups = append(groups, digits[i:i+4])
	}
	return strings.Join(groups, " ")
}

// Certificate makes a certificate for one opening of a room at hosts: addresses, or names that end in .local. Those
// after the first that are not of a local network are left out. Errors: Invalid where the first is not.
func (a *Authority) Certificate(hosts []string, now time.Time, random io.Reader) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), random)
	if err != nil {
		return tls.Certificate{}, noRandom(err)
	}
	of := &x509.Certificate{
		Subject:   pkix.Name{CommonName: "Fayi room"},
		NotBefore: now.Add(-early), NotAfter: now.Add(leafFor),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for i, h := range hosts {
		if ip := net.ParseIP(h); ip != nil {
			within := func(n *net.IPNet) bool { return n.Contains(ip) }
			if i > 0 && !slices.ContainsFunc(a.cert.PermittedIPRanges, within) {
				continue
			}
			of.IPAddresses = append(of.IPAddresses, ip)
		} else {
			of.DNSNames = append(of.DNSNames, h)
		}
	}
	der, err := issue(of, a.cert, &key.PublicKey, a.key, random)
	if err != nil {
		return tls.Certificate{}, err
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return tls.Certificate{}, noRandom(err)
	}
	if _, err := leaf.Verify(x509.VerifyOptions{Roots: a.Pool(), CurrentTime: now}); err != nil {
		return tls.Certificate{}, judging.Fail(judging.Invalid, "room.not_local", judging.Args{"Address": hosts[0]}).
			Because(err)
	}
	return tls.Certificate{Certificate: [][]byte{der, a.cert.Raw}, PrivateKey: key, Leaf: leaf}, nil
}

// Pool trusts the authority and nobody else.
func (a *Authority) Pool() *x509.CertPool {
	p := x509.NewCertPool()
	p.AddCert(a.cert)
	return p
}

// Load reads a certificate that an office has, with its key, as PEM files. Errors: those of Read, Invalid for one that
// names no host.
func Load(certFile, keyFile string, now time.Time) (tls.Certificate, error) {
	c, err := Read(certFile, keyFile, now)
	if err == nil && len(Hosts(c)) == 0 {
		err = judging.Fail(judging.Invalid, "room.cert_no_host", nil)
	}
	return c, err
}

// Read reads a certificate for whatever host, with its key, as PEM files. Errors: NotFound, Invalid for files that are
// no certificate with its key, and for one that is out of date.
func Read(certFile, keyFile string, now time.Time) (tls.Certificate, error) {
	var parts [2][]byte
	for i, path := range []string{certFile, keyFile} {
		var err error
		if parts[i], err = regular.ReadFile(path, mostFile); err != nil {
			return tls.Certificate{}, judging.Fail(judging.NotFound, "room.no_cert_file", judging.Args{"Path": path}).
				Because(err)
		}
	}
	c, err := tls.X509KeyPair(parts[0], parts[1])
	if err != nil {
		return c, judging.Fail(judging.Invalid, "room.bad_cert", judging.Args{"Path": certFile}).Because(err)
	}
	if c.Leaf, err = x509.ParseCertificate(c.Certificate[0]); err != nil {
		return c, judging.Fail(judging.Invalid, "room.bad_cert", judging.Args{"Path": certFile}).Because(err)
	}
	day := func(t time.Time) string { return t.Local().Format(time.DateOnly) }
	if now.Before(c.Leaf.NotBefore) || now.After(c.Leaf.NotAfter) {
		return c, judging.Fail(judging.Invalid, "room.cert_out_of_date", judging.Args{
			"From": day(c.Leaf.NotBefore), "Until": day(c.Leaf.NotAfter)})
	}
	return c, nil
}

// Hosts are the names and addresses that a certificate can be opened under. A name with a star stands for many and
// can't be typed.
func Hosts(c tls.Certificate) []string {
	var out []string
	for _, n := range c.Leaf.DNSNames {
		if !strings.Contains(n, "*") {
			out = append(out, strings.ToLower(n))
		}
	}
	for _, ip := range c.Leaf.IPAddresses {
		out = append(out, ip.String())
	}
	return out
}

// PoolOf trusts one certificate and nobody else.
func PoolOf(c tls.Certificate) *x509.CertPool {
	p := x509.NewCertPool()
	p.AddCert(c.Leaf)
	return p
}
