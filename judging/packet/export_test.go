package packet

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"testing"

	"filippo.io/age"
)

// Cheap makes passphrases cheap to try while a test runs.
func Cheap(t testing.TB) {
	old := workFactor
	workFactor = 1
	t.Cleanup(func() { workFactor = old })
}

// Forge seals any list and any media as a packet: what someone who knows the passphrase could make.
func Forge(t testing.TB, list, media []byte, h Header, passphrase string) []byte {
	t.Helper()
	to, err := age.NewScryptRecipient(plainPhrase(passphrase))
	if err != nil {
		t.Fatal(err)
	}
	to.SetWorkFactor(workFactor)
	head, err := sealPart(list, h, to)
	if err != nil {
		t.Fatal(err)
	}
	out := bytes.NewBuffer(head)
	id, err := age.ParseX25519Identity(mediaKey)
	if err != nil {
		t.Fatal(err)
	}
	w, err := age.Encrypt(out, id.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(media); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// mediaKey opens the media of forged packets.
const mediaKey = "AGE-SECRET-KEY-184JMZMVQH3E6U0PSL869004Y3U2NYV7R30EU99CSEDNPH02YUVFSZW44VU"

// ForgedList is the JSON of a list for Forge.
func ForgedList(t testing.TB, c Contents, id string) []byte {
	t.Helper()
	raw, err := json.Marshal(list{
		Contents: c,
		Packet:   id,
		Sign:     make([]byte, 32),
		Keep:     make([]byte, 32),
		Media:    mediaKey,
	})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// ForgeReply signs and seals anything as a reply.
func ForgeReply(t testing.TB, small []byte, h Header, sign ed25519.PrivateKey, recipient string) []byte {
	t.Helper()
	to, err := age.ParseX25519Recipient(recipient)
	if err != nil {
		t.Fatal(err)
	}
	out, err := sealPart(append(ed25519.Sign(sign, append([]byte(signed), small...)), small...), h, to)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
