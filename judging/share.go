package judging

// AlternatesOf is how many works are kept as next in line.
func (r Rules) AlternatesOf() int {
	if r.Alternates == 0 {
		return 2
	}
	return r.Alternates
}

// percentUnit is a whole share in ten-thousandths of a percent.
const percentUnit = 100 * 10000

// PlacesOf returns how many places share s gives among n ranked works, never more than n. A percentage is taken
// exactly, to a ten-thousandth of a percent.
func (s Share) PlacesOf(n int) int {
	places := s.Count
	if s.Percent > 0 {
		part := min(int(Exact(s.Percent)), percentUnit) * n
		switch s.Rounding {
		case Down:
		case Up:
			part += percentUnit - 1
		default:
			part += percentUnit / 2
		}
		places = part / percentUnit
	}
	return min(places, n)
}
