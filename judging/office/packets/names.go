package packets

import (
	"fmt"

	"fayi/judging"
	"fayi/judging/office/scoring"
)

// Calls says what the packet of each judge is called by: their name, and a number behind it from the second on where
// several have the same one. It takes all judges of a contest, so that a packet that is sealed again is called as
// before.
func Calls(judges []scoring.JudgeStatus) map[judging.JudgeID]string {
	out, met := make(map[judging.JudgeID]string, len(judges)), map[string]int{}
	for _, j := range judges {
		out[j.Judge] = j.Name
		if met[j.Name]++; met[j.Name] > 1 {
			out[j.Judge] = fmt.Sprintf("%s-%d", j.Name, met[j.Name])
		}
	}
	return out
}
