package sign

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"strconv"
	"strings"
)

// tokenBytes is how long a token is: 128 random bits.
const tokenBytes = 16

// Kinds are the words for the devices judges use, as a browser says it.
var Kinds = []string{"android", "iphone", "ipad", "windows", "mac", "linux", "program", "other"}

// NewToken draws a token of 22 characters that may stand in an address.
func NewToken(random io.Reader) (string, error) {
	var b [tokenBytes]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(b[:]), nil
}

// Key is what a token hashes to. Whoever has it signs as the judge.
type Key [sha256.Size]byte

// KeyOf returns the key of a token. Errors: it is not a token.
func KeyOf(token string) (Key, error) {
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimSpace(token))
	if err != nil || len(raw) != tokenBytes {
		return Key{}, errors.New("not a token")
	}
	return sha256.Sum256(raw), nil
}

// ID names the key in requests, in 16 hexadecimal digits.
func (k Key) ID() string {
	sum := sha256.Sum256(append([]byte("fayi room pass 1\x00"), k[:]...))
	return hex.EncodeToString(sum[:8])
}

// Request is what a signature stands for.
type Request struct {
	Method  string
	Path    string // with the query, as it is sent
	Session string // from the server, see Sessions
	Count   uint64 // of the request in its session, from 1, each once
	Device  string
	Body    []byte
}

// Sign returns the signature of r in 64 hexadecimal digits: HMAC with SHA-256 over its parts, a line each.
func (k Key) Sign(r Request) string {
	body := sha256.Sum256(r.Body)
	mac := hmac.New(sha256.New, k[:])
	mac.Write([]byte(strings.Join([]string{
		"fayi room 1", r.Method, r.Path, r.Session, strconv.FormatUint(r.Count, 10), r.Device,
		hex.EncodeToString(body[:]),
	}, "\n")))
	return hex.EncodeToString(mac.Sum(nil))
}

// Signed reports whether signature is that of r.
func (k Key) Signed(r Request, signature string) bool {
	return hmac.Equal([]byte(k.Sign(r)), []byte(signature))
}

// Derive returns a key of 32 bytes for one purpose.
func Derive(secret []byte, purpose string) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("fayi room\x00" + purpose))
	return mac.Sum(nil)
}

// Short returns 128 bits of an HMAC over the parts, fit for an address.
func Short(key []byte, parts ...string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(strings.Join(parts, "\x00")))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}

// Holds reports whether short is that of the parts.
func Holds(key []byte, short string, parts ...string) bool {
	return hmac.Equal([]byte(Short(key, parts...)), []byte(short))
}
