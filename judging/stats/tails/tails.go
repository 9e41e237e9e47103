// Package tails finds how heavy the tails of a noise are: the degrees of freedom of Student's t under which residuals
// are likeliest (Lange, Little, Taylor 1989).
//
// It promises the same answer for the same residuals in the same order. It knows nothing of where they are from.
package tails

import "math"

// freedoms are the degrees of freedom tried, normal first.
var freedoms = []float64{math.Inf(1), 50, 30, 20, 14, 10, 8, 6, 5, 4, 3.5, 3, 2.5, 2}

const (
	rounds  = 8    // of the search for the scale
	settled = 1e-9 // share by which the scale moves once it is found
	beyond  = 25   // log likelihood below the best from which heavier tails are not tried any more
)

// Freedom returns the degrees of freedom of residuals that were divided by their standard deviations and squared:
// 2 to 50, or +Inf for a normal. Heavy tails are believed once the log likelihood gains by them more than doubt/ν.
func Freedom(squares []float64, doubt float64) (freedom float64) {
	scale := 0.0
	for _, z := range squares {
		scale += z
	}
	scale /= float64(len(squares))
	best, last := math.Inf(-1), math.Inf(-1)
	freedom = math.Inf(1)
	for _, nu := range freedoms {
		var l float64
		l, scale = likelihood(squares, nu, scale)
		if l -= doubt / nu; l > best {
			best, freedom = l, nu
		}
		if l < last && l < best-beyond { // the likelihood rises to one top and falls from it
			break
		}
		last = l
	}
	return freedom
}

// likelihood returns the log likelihood of the residuals under t of nu degrees of freedom, with the square of its
// scale, sought from the one given.
func likelihood(squares []float64, nu, scale float64) (logLikelihood, found float64) {
	n := float64(len(squares))
	if math.IsInf(nu, 1) || !(scale > 0) {
		return -n / 2 * (math.Log(2*math.Pi*scale) + 1), scale
	}
	for range rounds {
		per, sum := 1/scale, 0.0
		for _, z := range squares {
			sum += z / (nu + z*per)
		}
		next := (nu + 1) * sum / n
		moved := math.Abs(next - scale)
		if scale = next; moved <= settled*scale {
			break
		}
	}
	above, _ := math.Lgamma((nu + 1) / 2)
	below, _ := math.Lgamma(nu / 2)
	l := n * (above - below - math.Log(nu*math.Pi*scale)/2)
	return l - (nu+1)/2*logs(squares, 1/scale/nu), scale
}

// logs sums log(1 + by·z) over all z.
func logs(squares []float64, by float64) (sum float64) {
	const large = 1e100
	product := 1.0
	for _, z := range squares {
		if x := 1 + by*z; x > large {
			sum += math.Log(x)
		} else {
			product *= x
		}
		if product > large {
			sum += math.Log(product)
			product = 1
		}
	}
	return sum + math.Log(product)
}
