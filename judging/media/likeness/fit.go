package likeness

import (
	"math"
)

// frame is what one picture shows of another: where its edges lie, in parts of the other's width and height.
type frame struct{ left, right, top, bottom float64 }

type tiny = [tinySide * tinySide]uint8

// reach is how far a pixel's neighbours are when a small copy is sharpened.
const reach = 2

// plane is a small copy to compute with: 0 is the middle grey.
type plane [tinySide * tinySide]float32

// laid is a small copy as it lies in one of its turns, made ready once for all pictures that it is laid over.
type laid struct {
	plane plane
	grain plane // sharpened, each square without stripes and of length 1
	shows [squares * squares]bool
}

func layDown(p *tiny, t int) *laid {
	out := &laid{plane: lay(p, t)}
	out.grain = sharpen(&out.plane)
	var length [squares * squares]float32
	length, out.shows = weigh(&out.grain)
	for i, l := range length {
		out.grain.unstripe(i, l)
	}
	return out
}

// fit lays the part over the window of the whole and moves its edges until both agree best. It returns how alike
// they are, 0 when they are not.
func (part *laid) fit(whole *tiny, window int) float64 {
	f := frame{}
	f.left, f.right = cutAt(window % 9)
	f.top, f.bottom = cutAt(window / 9)
	shown := cut(whole, f)
	best := correlation(&shown, &part.plane)
	if best < leastFirst || part.allOver(&shown) < leastEarly {
		return 0
	}
	f, best = settleFrame(whole, &part.plane, f, best)
	shown = cut(whole, f)
	if best < leastFit || part.allOver(&shown) < leastSharp {
		return 0
	}
	return min(best, 1)
}

// settleFrame moves the edges of f in ever smaller steps as long as that brings whole and laid nearer, and gives up
// where the first bring little.
func settleFrame(whole *tiny, laid *plane, f frame, best float64) (frame, float64) {
	for _, step := range []float64{0.02, 0.01, 0.005} {
		for moved := true; moved; {
			moved = false
			for edge := range 4 {
				for _, by := range []float64{-step, step} {
					next := f.move(edge, by)
					if next == f {
						continue
					}
					shown := cut(whole, next)
					if c := correlation(&shown, laid); c > best {
						best, f, moved = c, next, true
					}
				}
			}
		}
		if best < leastMoved {
			break
		}
	}
	return f, best
}

// A plane is compared square by square, so that an edge around something does not speak for what is within it.
const (
	squares    = 4 // each way
	squareSide = tinySide / squares
)

// row is a row of a square.
func (p *plane) row(square, y int) *[squareSide]float32 {
	at := (square/squares*squareSide+y)*tinySide + square%squares*squareSide
	return (*[squareSide]float32)(p[at:])
}

// allOver sharpens what a whole shows and returns the mean of how well the squares agree with those of the part.
// Squares where neither shows anything don't count.
func (part *laid) allOver(shown *plane) float64 {
	sharp := sharpen(shown)
	length, shows := weigh(&sharp)
	var sum, n float32
	for i := range length {
		if !shows[i] && !part.shows[i] {
			continue
		}
		var dot float32
		for y := range squareSide {
			grain := part.grain.row(i, y)
			for x, v := range sharp.row(i, y) {
				dot += v * grain[x] // which has no stripes, so those of v add nothing
			}
		}
		sum += dot / length[i]
		n++
	}
	return float64(sum / max(n, 1))
}

// weigh returns the length of each square, its stripes left out, and whether it shows anything next to the others.
func weigh(p *plane) (length [squares * squares]float32, shows [squares * squares]bool) {
	var power [squares * squares]float32
	var all float32
	for i := range power {
		var columns [squareSide]float32
		var stripes, sum float32
		for y := range squareSide {
			var row float32
			for x, v := range p.row(i, y) {
				power[i] += v * v
				row += v
				columns[x] += v
			}
			sum += row
			stripes += row * row
		}
		for _, column := range columns {
			stripes += column * column
		}
		stripes = stripes/squareSide - sum*sum/(squareSide*squareSide)
		length[i] = float32(math.Sqrt(float64(max(power[i]-stripes, 1e-6))))
		all += power[i]
	}
	for i := range power {
		shows[i] = power[i] >= noise*all/float32(len(power))
	}
	return length, shows
}

// unstripe takes from a square what all pixels of a row or of a column have in common, lines of print, which one
// page has like another. What is left, of the given length, gets the length 1.
func (p *plane) unstripe(square int, length float32) {
	var columns [squareSide]float32
	for y := range squareSide {
		row := p.row(square, y)
		var sum float32
		for _, v := range row {
			sum += v
		}
		for x := range row {
			row[x] -= sum / squareSide
			columns[x] += row[x]
		}
	}
	for y := range squareSide {
		row := p.row(square, y)
		for x, sum := range columns {
			row[x] = (row[x] - sum/squareSide) / length
		}
	}
}

// move moves one edge, but not beyond the picture nor further in than was promised.
func (f frame) move(edge int, by float64) frame {
	const most = 0.11
	switch edge {
	case 0:
		f.left = min(max(f.left+by, 0), most)
	case 1:
		f.right = max(min(f.right+by, 1), 1-most)
	case 2:
		f.top = min(max(f.top+by, 0), most)
	case 3:
		f.bottom = max(min(f.bottom+by, 1), 1-most)
	}
	return f
}

// lay turns the small copy as turnWaves turns its waves.
func lay(p *tiny, t int) (out plane) {
	for y := range tinySide {
		for x := range tinySide {
			sx, sy := x, y
			if t&1 != 0 {
				sx = tinySide - 1 - sx
			}
			if t&2 != 0 {
				sy = tinySide - 1 - sy
			}
			if t&4 != 0 {
				sx, sy = sy, sx
			}
			out[y*tinySide+x] = float32(p[sy*tinySide+sx]) - 128
		}
	}
	return out
}

// cut takes the part of p within f and scales it to the size of p.
func cut(p *tiny, f frame) (out plane) {
	var at [tinySide]uint8
	var share [tinySide]float32
	for x := range at {
		at[x], share[x] = between(f.left, f.right, x)
	}
	var rows [tinySide][tinySide]float32 // scaled across
	for y := range rows {
		var row [tinySide + 1]float32
		for x, v := range p[y*tinySide:][:tinySide] {
			row[x] = float32(v) - 128
		}
		for x := range rows[y] {
			i := at[x] % tinySide
			rows[y][x] = row[i] + share[x]*(row[i+1]-row[i])
		}
	}
	for y := range tinySide {
		i, share := between(f.top, f.bottom, y)
		lower := &rows[i+1]
		for x, v := range rows[i] {
			out[y*tinySide+x] = v + share*(lower[x]-v)
		}
	}
	return out
}

// between finds the first of the two pixels around the middle of the i-th pixel of a row scaled to from-to, and how
// far it is to the second.
func between(from, to float64, i int) (first uint8, share float32) {
	at := (from+(to-from)*(float64(i)+0.5)/tinySide)*tinySide - 0.5
	at = min(max(at, 0), tinySide-1.001)
	first = uint8(at)
	return first, float32(at - float64(first))
}

// sharpen leaves what a pixel differs by from the mean of its 5 × 5 neighbours.
func sharpen(p *plane) (out plane) {
	var sums [reach + tinySide + reach]float32 // of the rows within reach
	for y := -reach; y < tinySide; y++ {
		if in := y + reach; in < tinySide {
			for x, v := range p[in*tinySide:][:tinySide] {
				sums[reach+x] += v
			}
		}
		if gone := y - reach - 1; gone >= 0 {
			for x, v := range p[gone*tinySide:][:tinySide] {
				sums[reach+x] -= v
			}
		}
		if y < 0 {
			continue
		}
		for x, v := range p[y*tinySide:][:tinySide] {
			sum := sums[x] + sums[x+1] + sums[x+2] + sums[x+3] + sums[x+4]
			out[y*tinySide+x] = v - sum/(inReach[x]*inReach[y])
		}
	}
	return out
}

// inReach[i] is how many pixels of a row are within reach of the i-th.
var inReach = func() (out [tinySide]float32) {
	for i := range out {
		out[i] = float32(min(i+reach, tinySide-1) - max(i-reach, 0) + 1)
	}
	return out
}()

// correlation is 1 where a and b rise and fall together, whatever their brightness and contrast, and 0 where they
// have nothing to do with each other.
func correlation(a, b *plane) float64 {
	var sa, sb, ab, aa, bb float32
	for i, x := range a {
		y := b[i]
		sa += x
		sb += y
		ab += x * y
		aa += x * x
		bb += y * y
	}
	const n = float64(len(plane{}))
	va, vb := float64(aa)-float64(sa)*float64(sa)/n, float64(bb)-float64(sb)*float64(sb)/n
	if va <= 0 || vb <= 0 {
		return 0
	}
	return (float64(ab) - float64(sa)*float64(sb)/n) / math.Sqrt(va*vb)
}
