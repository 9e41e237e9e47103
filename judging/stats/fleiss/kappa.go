// Package fleiss measures how far several people who each put the same things into one of a few classes agree, beyond
// what chance alone would make.
package fleiss

// Kappa is Fleiss' κ (Psychological Bulletin 76, 1971, 378–382) of works, each with the class that each who spoke of it
// put it into: 1 full agreement, 0 as by chance, below 0 worse than chance. Where not all works have as many, it is
// the form of Gwet (Handbook of Inter-Rater Reliability, 2014, ch. 2): works weigh alike, and so do their parts of
// each class; a work of which only one speaks counts for how often classes are chosen. ok is false where no work has
// two, or where all is one class: then nothing could have been otherwise by chance.
func Kappa(works [][]float64) (kappa float64, ok bool) {
	share := map[float64]float64{} // of each class, summed over works
	agreed, many, spoken := 0.0, 0.0, 0.0
	for _, given := range works {
		n := float64(len(given))
		if n == 0 {
			continue
		}
		spoken++
		count := map[float64]float64{}
		for _, class := range given {
			count[class]++
		}
		pairs := 0.0
		for class, k := range count {
			share[class] += k / n
			pairs += k * (k - 1)
		}
		if n > 1 {
			agreed, many = agreed+pairs/(n*(n-1)), many+1
		}
	}
	if many == 0 || len(share) < 2 {
		return 0, false
	}
	chance := 0.0
	for _, s := range share {
		chance += (s / spoken) * (s / spoken)
	}
	return (agreed/many - chance) / (1 - chance), true
}

// Unanimous counts the works of which at least two spoke, and those of them that all put into one class.
func Unanimous(works [][]float64) (same, of int) {
	for _, given := range works {
		if len(given) < 2 {
			continue
		}
		of++
		all := true
		for _, class := range given {
			all = all && class == given[0]
		}
		if all {
			same++
		}
	}
	return same, of
}
