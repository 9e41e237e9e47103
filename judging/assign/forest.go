package assign

// forest joins things into groups (union-find with path halving).
type forest []int32

func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = int32(i)
	}
	return f
}

func (f forest) root(i int32) int32 {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

// join puts a and b in one group and reports whether they were in two.
func (f forest) join(a, b int32) bool {
	a, b = f.root(a), f.root(b)
	f[max(a, b)] = min(a, b)
	return a != b
}

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
