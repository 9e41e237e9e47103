// Package form is the rubric as fields to be filled in: a mark for each criterion, or a total where that is allowed,
// how sure the judge is, and a comment.
//
// It promises that what is wrong stays in its field and never in a ballot, that a digit too many is not counted until
// the mark that it begins is whole, and that keys typed while a ballot is being saved are kept for the next one. It
// saves nothing and knows no list: Events says what was done, Read what the fields say.
package form
