package media

import "math"

// frame is what one picture shows of another: where its edges lie, in parts of the other's width and height.
type frame struct{ left, right, top, bottom float64 }

type tiny = [tinySide * tinySide]uint8

// reach is how far a pixel's neighbours are when a small copy is sharpened.
const reach = 2

// plane is a small copy to reckon with: 0 is the middle grey.
type plane [tinySide * tinySide]float32

// fit lays the part, turned, over the window of the whole and moves its edges until both agree best. It returns how alike they are, 0 when they are not.
func fit(whole, part *tiny, t, window int) float64 {
	f := frame{}
	f.left, f.right = cutAt(window % 9)
	f.top, f.bottom = cutAt(window / 9)
	laid := lay(part, t)
	best := correlation(cut(whole, f), &laid)
	if best < leastFirst {
		return 0
	}
	sharp := sharpen(&laid)
	if allOver(new(sharpen(cut(whole, f))), &sharp) < leastEarly {
		return 0
	}
	f, best = settleFrame(whole, &laid, f, best)
	if best < leastFit {
		return 0
	}
	if alike := allOver(new(sharpen(cut(whole, f))), &sharp); alike < leastSharp {
		return 0
	}
	return min(best, 1)
}

// settleFrame moves the edges of f in ever smaller steps as long as that brings whole and laid nearer.
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
					if c := correlation(cut(whole, next), laid); c > best {
						best, f, moved = c, next, true
					}
				}
			}
		}
	}
	return f, best
}

// allOver compares two sharpened planes square by square and returns the mean of how well the squares agree, so that an edge around something does not
// speak for what is within it. Squares where neither shows anything don't count.
func allOver(a, b *plane) float64 {
	const squares, side = 4, tinySide / 4
	emptyA, emptyB := noise*power(a[:]), noise*power(b[:])
	var sum, n float64
	for sy := range squares {
		for sx := range squares {
			var pa, pb [side * side]float32
			for y := range side {
				at := (sy*side+y)*tinySide + sx*side
				copy(pa[y*side:], a[at:at+side])
				copy(pb[y*side:], b[at:at+side])
			}
			if power(pa[:]) < emptyA && power(pb[:]) < emptyB {
				continue
			}
			unstripe(pa[:], side)
			unstripe(pb[:], side)
			sum += correlationOf(pa[:], pb[:])
			n++
		}
	}
	return sum / max(n, 1)
}

// unstripe takes from a square what all pixels of a row or of a column have in common: lines of print, which one page has like another.
func unstripe(p []float32, side int) {
	for i := range side {
		var row, column float32
		for k := range side {
			row += p[i*side+k]
		}
		for k := range side {
			p[i*side+k] -= row / float32(side)
		}
		for k := range side {
			column += p[k*side+i]
		}
		for k := range side {
			p[k*side+i] -= column / float32(side)
		}
	}
}

// power is the mean square of what differs from nothing.
func power(p []float32) float64 {
	var sum float64
	for _, v := range p {
		sum += float64(v * v)
	}
	return sum / float64(len(p))
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
func cut(p *tiny, f frame) *plane {
	var out plane
	var at [tinySide]int
	var part [tinySide]float32
	for x := range tinySide {
		at[x], part[x] = between(f.left, f.right, x)
	}
	for y := range tinySide {
		row, share := between(f.top, f.bottom, y)
		upper, lower := p[row*tinySide:][:tinySide], p[(row+1)*tinySide:][:tinySide]
		for x := range tinySide {
			i, k := at[x], part[x]
			a := float32(upper[i]) - 128 + k*(float32(upper[i+1])-float32(upper[i]))
			b := float32(lower[i]) - 128 + k*(float32(lower[i+1])-float32(lower[i]))
			out[y*tinySide+x] = a + share*(b-a)
		}
	}
	return &out
}

// between finds the two pixels around the middle of the i-th pixel of a row scaled to from-to, and how far it is from the first to the second.
func between(from, to float64, i int) (int, float32) {
	at := (from+(to-from)*(float64(i)+0.5)/tinySide)*tinySide - 0.5
	at = min(max(at, 0), tinySide-1.001)
	return int(at), float32(at - math.Floor(at))
}

// sharpen leaves what a pixel differs by from the mean of its 5 × 5 neighbours.
func sharpen(p *plane) (out plane) {
	var rows plane // sums of what lies beside
	for i := range p {
		y, x := i/tinySide, i%tinySide
		for _, v := range p[y*tinySide+max(x-reach, 0) : y*tinySide+min(x+reach+1, tinySide)] {
			rows[i] += v
		}
	}
	for i, v := range p {
		y, x := i/tinySide, i%tinySide
		top, bottom := max(y-reach, 0), min(y+reach, tinySide-1)
		var sum float32
		for ny := top; ny <= bottom; ny++ {
			sum += rows[ny*tinySide+x]
		}
		wide := min(x+reach, tinySide-1) - max(x-reach, 0) + 1
		out[i] = v - sum/float32(wide*(bottom-top+1))
	}
	return out
}

// correlation is 1 where a and b rise and fall together, whatever their brightness and contrast, and 0 where they have nothing to do with each other.
func correlation(a, b *plane) float64 { return correlationOf(a[:], b[:]) }

func correlationOf(a, b []float32) float64 {
	var sa, sb, ab, aa, bb float32
	b = b[:len(a)]
	for i, x := range a {
		y := b[i]
		sa += x
		sb += y
		ab += x * y
		aa += x * x
		bb += y * y
	}
	n := float64(len(a))
	va, vb := float64(aa)-float64(sa)*float64(sa)/n, float64(bb)-float64(sb)*float64(sb)/n
	if va <= 0 || vb <= 0 {
		return 0
	}
	return (float64(ab) - float64(sa)*float64(sb)/n) / math.Sqrt(va*vb)
}
