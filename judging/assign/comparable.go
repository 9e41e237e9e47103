package assign

// Comparability is the A-efficiency of these panels by themselves, 0-1: how well the judges on them can be told strict from lax by the works they share. Give it the
// panels of one category to learn how fairly its works can be compared. It is 1 where one judge scores all, or every judge every work; 0 where the
// judges fall into pieces without a common work.
func Comparability(panels [][]int) float64 {
	at := map[int]int32{}
	d := &draft{rules: rules{p: &Problem{}}}
	for _, panel := range panels {
		own := make([]int32, len(panel))
		for i, j := range panel {
			if _, met := at[j]; !met {
				at[j] = int32(len(at))
			}
			own[i] = at[j]
		}
		d.panel = append(d.panel, own)
	}
	d.p.Works, d.p.Judges = len(panels), len(at)
	if len(at) < 2 {
		return 1
	}
	groups := d.linked(-1).Groups
	if len(groups) > 1 {
		return 0
	}
	a, _ := d.efficiency(groups)
	return a
}
