package sign

import (
	"crypto/ecdh"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"
)

// Browsers have no ciphers of their own on plain HTTP, so what must not be read there is sealed by what a page can
// compute: HMAC with SHA-256 makes the stream that hides it and the proof that it was not changed. A key is agreed on
// by X25519. web/src/seal.ts does the same.

const (
	saltBytes  = 16
	proofBytes = 16
)

// ErrSealed is the error of what was not sealed with this key for this purpose, or was changed.
var ErrSealed = errors.New("not sealed with this key")

// Private is one side of an agreement on a key.
type Private struct{ key *ecdh.PrivateKey }

// NewPrivate draws a side. Errors: no randomness.
func NewPrivate(random io.Reader) (Private, error) {
	var raw [sha256.Size]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return Private{}, err
	}
	key, err := ecdh.X25519().NewPrivateKey(raw[:])
	return Private{key}, err
}

// Public is what the other side is given, as it stands in a message.
func (p Private) Public() string {
	return base64.RawURLEncoding.EncodeToString(p.key.PublicKey().Bytes())
}

// Agree returns the key that both sides know when each was given the other's Public: asks is that of the side which
// asks, answers that of the one which answers. Errors: other is no Public.
func (p Private) Agree(other, asks, answers string) (Key, error) {
	raw, err := base64.RawURLEncoding.DecodeString(other)
	if err != nil {
		return Key{}, err
	}
	public, err := ecdh.X25519().NewPublicKey(raw)
	if err != nil {
		return Key{}, err
	}
	secret, err := p.key.ECDH(public)
	if err != nil {
		return Key{}, err
	}
	return Key(part(secret, "agreed", []byte(asks+" "+answers))), nil
}

// part derives 32 bytes for one use.
func part(key []byte, use string, of []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("fayi seal 1\x00" + use + "\x00"))
	mac.Write(of)
	return mac.Sum(nil)
}

// Seal hides plain from everybody without the key. The same key may seal much, for several purposes.
func (k Key) Seal(random io.Reader, purpose string, plain []byte) (string, error) {
	out := make([]byte, saltBytes, saltBytes+len(plain)+proofBytes)
	if _, err := io.ReadFull(random, out); err != nil {
		return "", err
	}
	own := part(k[:], purpose, out)
	out = append(out, hidden(own, plain)...)
	out = append(out, part(own, "proof", out)[:proofBytes]...)
	return base64.RawURLEncoding.EncodeToString(out), nil
}

// Unseal returns what was sealed. Errors: ErrSealed.
func (k Key) Unseal(purpose, sealed string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || len(raw) < saltBytes+proofBytes {
		return nil, ErrSealed
	}
	body, proof := raw[:len(raw)-proofBytes], raw[len(raw)-proofBytes:]
	own := part(k[:], purpose, body[:saltBytes])
	if !hmac.Equal(part(own, "proof", body)[:proofBytes], proof) {
		return nil, ErrSealed
	}
	return hidden(own, body[saltBytes:]), nil
}

// hidden adds the stream of a key to data; doing it twice gives the data back.
func hidden(key, data []byte) []byte {
	out := make([]byte, len(data))
	var block []byte
	for i := range data {
		if i%sha256.Size == 0 {
			block = part(key, "stream", binary.BigEndian.AppendUint32(nil, uint32(i/sha256.Size)))
		}
		out[i] = data[i] ^ block[i%sha256.Size]
	}
	return out
}
