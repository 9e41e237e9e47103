package likeness

import (
	"encoding/binary"
	"slices"
	"unicode"

	"fayi/judging"
)

// What a text's print is made of. Changing any of these makes old prints useless: raise PrintVersion with them.
const (
	gramLength = 3    // characters: short enough that a changed word costs little
	runLength  = 8    // characters: long enough that two writers seldom hit on the same
	maxGrams   = 6000 // kept of a text, those with the lowest hashes
	runSample  = 8    // of the runs of a long text one in so many is kept, always the same ones
	shortText  = 600  // letters up to which a text keeps all its runs
	leastProse = 24   // letters below which a text says too little to be compared
	textMagic  = 't'
)

// TextPrint is what remains of a text to recognise it by: hashes of its groups of three and of eight characters, 5
// to 15 KB for an essay. Only letters and digits count, in one width and case: signs, spaces and paragraphs don't.
type TextPrint struct {
	Letters int      // letters and digits of the text
	grams   []uint32 // groups of three, each once, ascending
	runs    []uint32 // groups of eight, each once, ascending
}

// PrintText takes the print of a text.
func PrintText(text string) TextPrint {
	letters := bareLetters(text)
	p := TextPrint{Letters: len(letters)}
	p.grams = hashGroups(letters, gramLength, 1)
	if len(p.grams) > maxGrams {
		p.grams = lowest(p.grams, maxGrams)
	}
	each := uint32(1)
	if len(letters) > shortText {
		each = runSample
	}
	p.runs = hashGroups(letters, runLength, each)
	return p
}

// bareLetters keeps letters and digits, in one width and case.
func bareLetters(text string) []rune {
	out := make([]rune, 0, len(text)/3)
	for _, r := range judging.Fold(text) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			out = append(out, r)
		}
	}
	return out
}

// hashGroups hashes every group of n neighbours and keeps those whose hash is a multiple of each; each once,
// ascending.
func hashGroups(letters []rune, n int, each uint32) []uint32 {
	var out []uint32
	for i := 0; i+n <= len(letters); i++ {
		if h := hashRunes(letters[i : i+n]); h%each == 0 {
			out = append(out, h)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// hashRunes is FNV-1a over runes with a last stir, so that its multiples are as good as any sample.
func hashRunes(letters []rune) uint32 {
	h := uint64(14695981039346656037)
	for _, r := range letters {
		h = (h ^ uint64(r)) * 1099511628211
	}
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return uint32(h >> 32)
}

// lowest keeps the n lowest of ascending hashes: the same choice in every text, so that two choices can be compared.
func lowest(sorted []uint32, n int) []uint32 { return slices.Clip(sorted[:n]) }

// MarshalBinary gives the bytes by which a print is kept.
func (p TextPrint) MarshalBinary() ([]byte, error) {
	out := []byte{textMagic}
	for _, n := range []int{p.Letters, len(p.grams), len(p.runs)} {
		out = binary.BigEndian.AppendUint32(out, uint32(n))
	}
	for _, h := range slices.Concat(p.grams, p.runs) {
		out = binary.BigEndian.AppendUint32(out, h)
	}
	return out, nil
}

// UnmarshalBinary reads the bytes of MarshalBinary. Errors: Corrupt for any others.
func (p *TextPrint) UnmarshalBinary(data []byte) error {
	if len(data) < 13 || data[0] != textMagic {
		return badPrint()
	}
	word := func(i int) uint64 { return uint64(binary.BigEndian.Uint32(data[1+4*i:])) }
	letters, grams, runs := word(0), word(1), word(2)
	if uint64(len(data)) != 13+4*(grams+runs) || letters > 1<<30 {
		return badPrint()
	}
	*p = TextPrint{Letters: int(letters), grams: make([]uint32, grams), runs: make([]uint32, runs)}
	for i := range p.grams {
		p.grams[i] = uint32(word(3 + i))
	}
	for i := range p.runs {
		p.runs[i] = uint32(word(3 + len(p.grams) + i))
	}
	if !ascending(p.grams) || !ascending(p.runs) {
		return badPrint()
	}
	return nil
}

func ascending(list []uint32) bool {
	for i := 1; i < len(list); i++ {
		if list[i-1] >= list[i] {
			return false
		}
	}
	return true
}
