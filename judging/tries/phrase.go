package tries

import (
	"crypto/sha256"
	"encoding/hex"
)

// PhraseBytes is how much of the beginning of what age sealed under a pass phrase Phrase looks at.
const PhraseBytes = 128

// phraseLines is how many lines at the beginning of what age sealed hold its version, the salt with the cost, and the
// key that the phrase wraps. Then comes what proves the lines, which says whether the phrase fits even where it was
// changed.
const phraseLines = 3

// Phrase is the identity of what age sealed under a pass phrase, from its beginning: the salt and the wrapped key, and
// nothing else. Whoever changes another byte of the file, or what stands before it, tries at the same key and does not
// begin to count again; with another salt or key no phrase fits.
func Phrase(start []byte) string {
	start = start[:min(len(start), PhraseBytes)]
	lines := 0
	for i, b := range start {
		if b != '\n' {
			continue
		}
		if lines++; lines == phraseLines {
			start = start[:i]
			break
		}
	}
	sum := sha256.Sum256(start)
	return "phrase " + hex.EncodeToString(sum[:])
}
