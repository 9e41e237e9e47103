package diploma

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"strings"

	"fayi/judging"
	"fayi/judging/text"
)

// Key makes and checks the codes on the certificates of one contest. Whoever holds the contest can check them,
// without a network.
type Key struct {
	Contest judging.ContestID
	Secret  []byte // the contest's own; never leaves it
}

// sixteen signs without those that are taken for one another.
var codeSigns = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// Code computes the code of a certificate: 16 characters in groups of four, from its number, names, award and
// title, 80 bits of an HMAC with SHA-256.
func (k Key) Code(c Certificate) string {
	names := sha256.Sum256(
		[]byte(judging.Fold(c.Author) + "\x1f" + judging.Fold(innerTitle(c.Title)) + "\x1f" + judging.Fold(c.Award)),
	)
	mac := hmac.New(sha256.New, k.Secret)
	mac.Write([]byte("fayi certificate 1\x00" + string(k.Contest) + "\x00" + judging.Fold(c.Number) + "\x00"))
	mac.Write(names[:])
	s := codeSigns.EncodeToString(mac.Sum(nil)[:10])
	return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:]
}

// Holds reports whether code is that of the certificate; how it is grouped and in which case it is written does not
// matter, and O and I count as 0 and 1.
func (k Key) Holds(c Certificate, code string) bool {
	return hmac.Equal([]byte(plainCode(code)), []byte(plainCode(k.Code(c))))
}

func plainCode(code string) string {
	code = strings.ToUpper(judging.Fold(code))
	return strings.NewReplacer("-", "", "O", "0", "I", "1", "L", "1").Replace(code)
}

// Proof is what the QR code says, for people as well as for Fayi: a line for each value, whatever the value holds.
func (c Certificate) Proof(s Series) string {
	title := []rune(text.Line(innerTitle(c.Title)))
	if len(title) > 40 {
		title = append(title[:39:39], '…')
	}
	return s.Words("diploma.proof", map[string]any{
		"Contest": text.Line(s.Contest),
		"Number":  text.Line(c.Number),
		"Author":  text.Line(c.Author),
		"Title":   string(title),
		"Award":   text.Line(c.Award),
		"Code":    c.Code,
	})
}
