package stats

import (
	"context"
	"math"
)

// pairRounds is how often the strengths are updated. The MM closes in slowly on works that won or lost nearly every
// pair; the published comparison stops at 300, and so do we.
const pairRounds = 300

// pairwise fits Bradley-Terry strengths to each judge's own order by MM (Hunter 2004): equal scores are half a win
// each, every work has one win and one loss against a work of strength 1, and log strengths are centred. Value is
// the log strength; its error is the additive fit's, brought to this scale, since pairs of one judge are far from
// independent.
func (d *data) pairwise(ctx context.Context, o Options) (*estimate, error) {
	lines, err := d.additive(false)
	if err != nil {
		return nil, err
	}
	e := d.newEstimate()
	e.lines = lines
	wins, strength, faced := d.wins(), make([]float64, d.Works), make([]float64, d.Works)
	for i := range strength {
		strength[i] = 1
	}
	for e.fit.Rounds < pairRounds {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		e.fit.Rounds++
		d.face(strength, faced)
		moved := 0.0
		for i := range strength {
			next := wins[i] / (faced[i] + 2/(strength[i]+1))
			moved = max(moved, math.Abs(next/strength[i]-1))
			strength[i] = next
		}
		centreLogs(strength)
		e.fit.Converged = moved < 1e-6
		if o.Progress != nil {
			o.Progress(e.fit.Rounds, pairRounds)
		}
	}
	for i, s := range strength {
		e.value[i] = math.Log(s)
	}
	d.borrowErrors(e, lines)
	return e, nil
}

// wins counts each work's wins, with one to start with.
func (d *data) wins() []float64 {
	wins := make([]float64, d.Works)
	for i := range wins {
		wins[i] = 1
	}
	for j := range d.Judges {
		scores := d.byJudge.of(j)
		for a, k := range scores {
			for _, l := range scores[:a] {
				switch x, y := d.Scores[k], d.Scores[l]; {
				case x.Value > y.Value:
					wins[x.Work]++
				case x.Value < y.Value:
					wins[y.Work]++
				default:
					wins[x.Work] += .5
					wins[y.Work] += .5
				}
			}
		}
	}
	return wins
}

// face sums for each work 1/(its strength + the other's) over its pairs.
func (d *data) face(strength, faced []float64) {
	clear(faced)
	var own, sum []float64
	for j := range d.Judges {
		scores := d.byJudge.of(j)
		own, sum = own[:0], sum[:0]
		for _, k := range scores {
			own, sum = append(own, strength[d.Scores[k].Work]), append(sum, 0)
		}
		for a, x := range own {
			for b, y := range own[:a] {
				f := 1 / (x + y)
				sum[a] += f
				sum[b] += f
			}
		}
		for a, k := range scores {
			faced[d.Scores[k].Work] += sum[a]
		}
	}
}

func centreLogs(x []float64) {
	mean := 0.0
	for _, v := range x {
		mean += math.Log(v) / float64(len(x))
	}
	for i := range x {
		x[i] /= math.Exp(mean)
	}
}

// borrowErrors gives e the standard errors of from, scaled by the spreads of their values.
func (d *data) borrowErrors(e, from *estimate) {
	works := d.scoredWorks()
	_, mine := moments(e.value, works)
	_, theirs := moments(from.value, works)
	if theirs > 0 {
		for i, se := range from.se {
			e.se[i] = se * math.Sqrt(mine/theirs)
		}
	}
	e.unsure = from.unsure
	e.spread(d)
}
