// Package lanlog keeps a replica.Log on the first computer of a contest, in a file, and lets others on the same network
// reach it over HTTP. No engine is installed.
//
// Requests are signed with a key that only those have who were invited: who listens on the network can neither read
// entries, which are sealed, nor append any. A request that is sent again changes nothing: its position is taken.
package lanlog

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"

	"fayi/judging"
)

const (
	signature     = "Fayi-Signature" // the header that holds the signature of a request
	waitingHeader = "Fayi-Waiting"   // the header that holds a wish and its mark, the oldest first
	wishParam     = "wish"           // what makes an Append a Try; a server of old takes no notice of it
)

// signing derives the key that signs requests from the key of a log.
func signing(key []byte) ([]byte, error) {
	out, err := hkdf.Key(sha256.New, key, nil, "fayi lan log 1", sha256.Size)
	if err != nil {
		return nil, judging.Fail(judging.Internal, "store.fault", nil).Because(err)
	}
	return out, nil
}

// sign signs a request: method, path with query, and body.
func sign(key []byte, method, target string, body []byte) string {
	mac := hmac.New(sha256.New, key)
	sum := sha256.Sum256(body)
	io.WriteString(mac, method+"\n"+target+"\n"+hex.EncodeToString(sum[:]))
	return hex.EncodeToString(mac.Sum(nil))
}

// writeEntries writes entries one behind the other, each with its length.
func writeEntries(w io.Writer, entries [][]byte) error {
	for _, e := range entries {
		if _, err := w.Write(binary.BigEndian.AppendUint32(nil, uint32(len(e)))); err != nil {
			return err
		}
		if _, err := w.Write(e); err != nil {
			return err
		}
	}
	return nil
}

// readEntries reads what writeEntries wrote. One that was cut off is an error.
func readEntries(r io.Reader) (entries [][]byte, err error) {
	for {
		var head [4]byte
		if _, err := io.ReadFull(r, head[:]); errors.Is(err, io.EOF) {
			return entries, nil
		} else if err != nil {
			return nil, err
		}
		n := binary.BigEndian.Uint32(head[:])
		if n > most {
			return nil, errors.New("an entry longer than any")
		}
		e := make([]byte, n)
		if _, err := io.ReadFull(r, e); err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
}
