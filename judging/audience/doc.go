// Package audience is how votes from outside the jury, as a platform counted them, become a part of a work's score: how
// much they weigh, which counts hold, and what mark out of 100 a count is worth. It knows no work and no judge.
package audience
