package judging

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"image"
	"math"
)

// MaxMasks is how many masks a file may have.
const MaxMasks = 100

// CheckMasks reports whether masks can be laid over a file. Errors: Invalid "blind.bad_mask" for one that is empty
// or reaches out of its page, "blind.too_many_masks".
func CheckMasks(masks []Mask) error {
	if len(masks) > MaxMasks {
		return Fail(Invalid, "blind.too_many_masks", Args{"Max": MaxMasks})
	}
	const slack = 1e-9 // of adding parts
	for _, m := range masks {
		if !(m.Page >= 0 && m.X >= 0 && m.Y >= 0 && m.W > 0 && m.H > 0 && m.X+m.W <= 1+slack && m.Y+m.H <= 1+slack) {
			return Fail(Invalid, "blind.bad_mask", nil)
		}
	}
	return nil
}

// Pixels returns the pixels that m covers of a picture of w by h; a pixel that it touches is covered.
func (m Mask) Pixels(w, h int) image.Rectangle {
	at := func(part float64, n int, round func(float64) float64) int { return int(round(part * float64(n))) }
	return image.Rect(
		at(m.X, w, math.Floor), at(m.Y, h, math.Floor), at(m.X+m.W, w, math.Ceil), at(m.Y+m.H, h, math.Ceil),
	).Intersect(image.Rect(0, 0, w, h))
}

// MasksDigest names a set of masks: 16 hex digits, "" for none.
func MasksDigest(masks []Mask) string {
	if len(masks) == 0 {
		return ""
	}
	text, err := json.Marshal(masks)
	if err != nil {
		return "invalid" // CheckMasks lets no NaN through
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}
