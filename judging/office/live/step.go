package live

// Step is the act that comes next on a stage, as it usually goes.
type Step string

// The steps of a performance, in their order; timing belongs to those whose rules limit the time.
const (
	StepCall    Step = "call"
	StepStart   Step = "start"
	StepStop    Step = "stop"
	StepClose   Step = "close"
	StepRelease Step = "release"
)

// Step is what comes next: StepCall where nothing is on the stage, also when nothing waits any more.
func (b Board) Step() Step {
	switch now := b.Now; {
	case now == nil || now.State == Released:
		return StepCall
	case now.State == Shut:
		return StepRelease
	case now.Running:
		return StepStop
	case now.Limit > 0 && now.Seconds == 0:
		return StepStart
	}
	return StepClose
}
