package likeness

import (
	"encoding/binary"
	"image"
	"io"
	"math"
	"math/bits"
	"slices"

	"fayi/judging/media/picture"
)

// What a picture's print is made of. Changing any of these makes old prints useless: raise PrintVersion with them.
const (
	tinySide  = 32 // pixels of the small copy, each way
	waves     = 13 // frequencies looked at, each way
	printBits = 64
	turns     = 8 // ways to lay a picture on a table: four turns, each also mirrored
	weakBits  = 6 // of a hash, those that change first
	keyBits   = 20
	faint     = 0.08 // part of the usual strength below which a frequency is nothing
	flatness  = 2.5  // standard deviation of grey, of 255, below which a picture shows nothing
)

// PrintVersion is the version of how prints of pictures and texts are made. Prints of another version can't be
// compared.
const PrintVersion = 2

// cutSteps are the parts that may have been cut off at one edge.
var cutSteps = [3]float64{0, 0.04, 0.08}

// windows is the number of ways in which all four edges can have been cut.
const windows = 81

// PicturePrint is what remains of a picture to recognise it by: about 2.4 KB that say nothing else of it.
//
// It holds the signs of the 64 lowest frequencies and of the 64 above them, which stay the same when a picture is
// made smaller, compressed again, brighter or darker: for the whole picture in all eight positions, and for 81
// windows of it, so that a copy with up to 8 % cut off at each edge is found by the window it shows.
type PicturePrint struct {
	Flat    bool // nothing to be seen: like every other empty sheet, so never compared
	turned  [turns]sign
	weak    [2][weakBits]uint8 // of turned as it lies, and on its side
	windows [windows]sign
	tiny    [tinySide * tinySide]uint8
}

// sign is the hash of a picture or of a window of it: what is where, and what it is made of. Pages laid out alike
// differ in the second only.
type sign struct{ broad, fine uint64 }

// apart counts the bits that differ.
func (s sign) apart(o sign) (broad, fine int) {
	return bits.OnesCount64(s.broad ^ o.broad), bits.OnesCount64(s.fine ^ o.fine)
}

// ones counts the bits that are set.
func (s sign) ones() int { return bits.OnesCount64(s.broad) + bits.OnesCount64(s.fine) }

// PrintPicture decodes a picture and takes its print, upright. Errors are those of Thumbnail.
func PrintPicture(r io.Reader) (PicturePrint, error) {
	p, err := picture.Thumbnail(r, 8*tinySide)
	if err != nil {
		return PicturePrint{}, err
	}
	return PrintImage(p), nil
}

// PrintImage takes the print of a decoded picture. Pictures far larger than 256 pixels are better made small by
// Thumbnail first, as PrintPicture does.
func PrintImage(p image.Image) PicturePrint {
	out := PicturePrint{tiny: grey(p)}
	mean, deviation := spread(out.tiny[:])
	if deviation < flatness {
		out.Flat = true
		return out
	}
	var level [tinySide][tinySide]float32
	for i, v := range out.tiny {
		level[i/tinySide][i%tinySide] = float32(float64(v) - mean)
	}
	whole := out.hashWindows(&level)
	for t := range turns {
		out.turned[t] = hashOf(turnWaves(&whole, t))
	}
	out.weak = [2][weakBits]uint8{weakest(&whole), weakest(turnWaves(&whole, 4))}
	return out
}

// grey scales p to the small copy, each pixel the mean of what it covers, without keeping the shape.
func grey(p image.Image) (out [tinySide * tinySide]uint8) {
	b := p.Bounds()
	var sum, n [tinySide * tinySide]int64
	// A picture narrower than the small copy fills it by repeating pixels.
	w, h := max(b.Dx(), tinySide), max(b.Dy(), tinySide)
	rgba, _ := p.(*image.RGBA)
	for y := range h {
		for x := range w {
			px, py := b.Min.X+x*b.Dx()/w, b.Min.Y+y*b.Dy()/h
			at := y*tinySide/h*tinySide + x*tinySide/w
			sum[at] += luma(p, rgba, px, py)
			n[at]++
		}
	}
	for i := range out {
		out[i] = uint8(min((sum[i]/n[i]+500)/1000, 255))
	}
	return out
}

// luma is the brightness of a pixel in thousandths of 255, on white where the picture is transparent.
func luma(p image.Image, rgba *image.RGBA, x, y int) int64 {
	if rgba != nil {
		px := rgba.Pix[rgba.PixOffset(x, y):][:4:4]
		return 299*int64(px[0]) + 587*int64(px[1]) + 114*int64(px[2]) + 1000*(255-int64(px[3]))
	}
	r, g, b, a := p.At(x, y).RGBA()
	return (299*int64(r)+587*int64(g)+114*int64(b))/257 + 1000*(255-int64(a/257))
}

// spread returns mean and standard deviation.
func spread(values []uint8) (mean, deviation float64) {
	for _, v := range values {
		mean += float64(v)
	}
	mean /= float64(len(values))
	for _, v := range values {
		deviation += (float64(v) - mean) * (float64(v) - mean)
	}
	return mean, math.Sqrt(deviation / float64(len(values)))
}

// waveSet is the strength of each frequency, downwards then across.
type waveSet [waves][waves]float32

// basis[c][u][x] is what pixel x of a row adds to frequency u, when the row is cut as cutAt(c) says.
var basis = func() (out [9][waves][tinySide]float32) {
	for c := range out {
		from, to := cutAt(c)
		for u := range waves {
			for x := range tinySide {
				a, b := max(float64(x)/tinySide, from), min(float64(x+1)/tinySide, to)
				if a < b {
					out[c][u][x] = float32(cosine(u, (a-from)/(to-from), (b-from)/(to-from)))
				}
			}
		}
	}
	return out
}()

// cosine is the integral of cos(πut) from a to b.
func cosine(u int, a, b float64) float64 {
	if u == 0 {
		return b - a
	}
	k := math.Pi * float64(u)
	return (math.Sin(k*b) - math.Sin(k*a)) / k
}

// cutAt returns what is left of an edge that was cut in the c-th way, 0-8.
func cutAt(c int) (from, to float64) { return cutSteps[c/3], 1 - cutSteps[c%3] }

// hashWindows hashes every window of the picture and returns the waves of the first, which is all of it.
func (p *PicturePrint) hashWindows(level *[tinySide][tinySide]float32) (whole waveSet) {
	for across := range 9 {
		var rows [tinySide][waves]float32
		for y := range rows {
			for u := range waves {
				var s float32
				for x, v := range level[y] {
					s += v * basis[across][u][x]
				}
				rows[y][u] = s
			}
		}
		for down := range 9 {
			var w waveSet
			for y := range rows {
				for v := range waves {
					k := basis[down][v][y]
					for u := range waves {
						w[v][u] += k * rows[y][u]
					}
				}
			}
			p.windows[down*9+across] = hashOf(&w)
			if down+across == 0 {
				whole = w
			}
		}
	}
	return whole
}

// order lists the frequencies of both hashes, lowest first, as v*waves+u; the mean brightness is not among them.
var order = func() (out [2 * printBits]uint8) {
	var all []uint8
	for i := 1; i < waves*waves; i++ {
		all = append(all, uint8(i))
	}
	far := func(i uint8) int { u, v := int(i)%waves, int(i)/waves; return u*u + v*v }
	slices.SortStableFunc(all, func(a, b uint8) int { return far(a) - far(b) })
	copy(out[:], all)
	return out
}()

// hashOf sets a bit for each frequency that is clearly above nothing, the lowest frequency in the lowest bit. Where
// a picture is the same on both sides, as papercuts are, half of its frequencies are nothing: their signs would be
// chance.
func hashOf(w *waveSet) sign {
	return sign{signsOf(w, order[:printBits]), signsOf(w, order[printBits:])}
}

func signsOf(w *waveSet, of []uint8) (h uint64) {
	least := float32(clearly(w, of))
	for bit, i := range of {
		if w[i/waves][i%waves] > least {
			h |= 1 << bit
		}
	}
	return h
}

// clearly is the strength from which a frequency counts among others.
func clearly(w *waveSet, among []uint8) float64 {
	var power float64
	for _, i := range among {
		power += float64(w[i/waves][i%waves]) * float64(w[i/waves][i%waves])
	}
	return faint * math.Sqrt(power/printBits)
}

// turnWaves gives the waves of the picture laid in the t-th way: bit 0 mirrors it, bit 1 turns it upside down, bit
// 2 swaps its sides first.
func turnWaves(w *waveSet, t int) *waveSet {
	var out waveSet
	for v := range waves {
		for u := range waves {
			s := w[v][u]
			if t&4 != 0 {
				s = w[u][v]
			}
			if (t&1 != 0 && u%2 == 1) != (t&2 != 0 && v%2 == 1) {
				s = -s
			}
			out[v][u] = s
		}
	}
	return &out
}

// weakest lists the bits of the key that a little more or less would change.
func weakest(w *waveSet) (out [weakBits]uint8) {
	least := clearly(w, order[:printBits])
	bits := make([]uint8, keyBits)
	for i := range bits {
		bits[i] = uint8(i)
	}
	size := func(bit uint8) float64 { return math.Abs(float64(w[order[bit]/waves][order[bit]%waves]) - least) }
	slices.SortStableFunc(bits, func(a, b uint8) int {
		switch d := size(a) - size(b); {
		case d < 0:
			return -1
		case d > 0:
			return 1
		}
		return 0
	})
	copy(out[:], bits)
	return out
}

const printBytes = 1 + 16*(turns+windows) + 2*weakBits + tinySide*tinySide

// MarshalBinary gives the bytes by which a print is kept.
func (p PicturePrint) MarshalBinary() ([]byte, error) {
	out := make([]byte, 1, printBytes)
	if p.Flat {
		out[0] = 1
	}
	for _, h := range slices.Concat(p.turned[:], p.windows[:]) {
		out = binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(out, h.broad), h.fine)
	}
	out = append(append(out, p.weak[0][:]...), p.weak[1][:]...)
	return append(out, p.tiny[:]...), nil
}

// UnmarshalBinary reads the bytes of MarshalBinary. Errors: Corrupt for any others.
func (p *PicturePrint) UnmarshalBinary(data []byte) error {
	if len(data) != printBytes || data[0] > 1 {
		return badPrint()
	}
	p.Flat, data = data[0] == 1, data[1:]
	for i := range turns {
		p.turned[i], data = readSign(data)
	}
	for i := range windows {
		p.windows[i], data = readSign(data)
	}
	for i := range p.weak {
		data = data[copy(p.weak[i][:], data):]
	}
	for _, b := range slices.Concat(p.weak[0][:], p.weak[1][:]) {
		if b >= keyBits {
			return badPrint()
		}
	}
	copy(p.tiny[:], data)
	return nil
}

func readSign(data []byte) (sign, []byte) {
	return sign{binary.BigEndian.Uint64(data), binary.BigEndian.Uint64(data[8:])}, data[16:]
}
