package assign

import "fayi/internal/unionfind"

// forest joins things into groups.
type forest struct{ unionfind.Sets }

func newForest(n int) forest { return forest{unionfind.New(n)} }

func (f forest) root(i int32) int32 { return f.Root(i) }

func (f forest) join(a, b int32) bool { return f.Join(a, b) }

// linked returns the groups of judges that the works of category kind connect (kind < 0: all works), each ascending, ordered by first judge.
func (d *draft) linked(kind int) Link {
	l := Link{Category: kind}
	f := newForest(d.p.Judges)
	busy := make([]bool, d.p.Judges)
	for w, panel := range d.panel {
		if kind >= 0 && d.kind[w] != int32(kind) || len(panel) == 0 {
			continue
		}
		l.Works++
		for _, j := range panel {
			busy[j] = true
			f.join(panel[0], j)
		}
	}
	at := map[int32]int{}
	for j, b := range busy {
		if !b {
			continue
		}
		l.Judges++
		r := f.root(int32(j))
		if _, ok := at[r]; !ok {
			at[r] = len(l.Groups)
			l.Groups = append(l.Groups, nil)
		}
		l.Groups[at[r]] = append(l.Groups[at[r]], j)
	}
	return l
}
