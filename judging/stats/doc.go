// Package stats turns the scores of a round into quality, severity, agreement and uncertainty.
//
// It is pure: numbers in, numbers out. It reads no clock, file or environment and draws no random number, so the
// same table gives the same bytes. It never decides anything: the official score of a contest is the one its rules
// name, and what is computed here is shown with it as evidence.
//
// # Why the plain mean is not enough
//
// With hundreds of works, no judge sees them all. A work that meets severe judges gets a low mean, whatever its
// quality. Three things decide whether a ranking is fair, in this order: how works are spread over judges, because
// no arithmetic repairs panels that share no work ([Spread]); how many scores each work gets; and how they are
// combined ([Rank]). [Advise] says whether correcting is warranted at all.
//
// # The methods
//
// y is the score of work i by judge j, k the number of scores of a work, w the weight of a score.
//
//   - [Mean] 平均分: q_i = Σ_j y_ij / k.
//   - [Trimmed] 去掉最高最低: the mean without one highest and one lowest score; refused below 3 scores, the median of
//     three. On clean scores it is a little worse than the mean, since it throws away sound ones.
//   - [ZScore] 标准分: each judge's scores become 50 + 10 (y - their mean)/(their standard deviation, with n - 1),
//     then the mean per work. Rule of the 2023 Chinese graduate modelling contest, problem C, annex 1. It takes
//     every judge's packet to be equally good.
//   - [Additive] 加性校正: y = q_i + b_j + e by least squares, Σ b = 0. Packets may differ. The judges' normal matrix,
//     diag(n) - Nᵀ diag(k)⁻¹ N, is the Laplacian of the graph that joins judges who share works; its
//     pseudo-inverse gives the standard errors. It is Fisher's analysis of incomplete blocks (Yates 1936).
//   - [Confidence] 把握加权: the same, minimising Σ w (y - q_i - b_j)², weights from declared confidence (MacKay,
//     Kenna, Low, Parker: Calibration with confidence, Royal Society Open Science 2017). See [ConfidenceWeight].
//   - [BLUP] 混合模型: y = μ + q_i + b_j + e, all normal; variances by restricted maximum likelihood (Patterson,
//     Thompson 1971), found by Newton steps with average information (Gilmour, Thompson, Cullis 1995); then best
//     linear unbiased predictors (Henderson 1975). It is lme4's lmer(y ~ 1 + (1|work) + (1|judge)).
//   - [Pairwise]: Bradley and Terry's strengths from each judge's own order, by Hunter's MM (2004). Poor at the
//     very top; for breaking ties at a cut line.
//   - [Hier1] 分层校正第一式: y = μ + b_j + a_j q_i + e, e ~ N(0, σ_j²/w): each judge has a severity b, a scale a and a
//     noise σ of their own, all shrunk to what judges are like.
//   - [Hier] 分层校正: the same, and what scores tell of themselves: see below. Best or near the best of all in each
//     shape of contest that was simulated, but where judges are all alike.
//
// hier1 is an EM without chance (Dempster, Laird, Rubin 1977; Bayesian forms in Ge, Welling, Ghahramani and in
// Lawrence 2014). E-step for a work:
//
//	P = 1/τ² + Σ w a²/σ²,  m = Σ w a (y - μ - b)/σ² / P,  v = 1/P
//
// M-step for a judge: ridge regression of y - μ on (1, m) with E[q²] = m² + v and priors b ~ N(0, ω²), a ~ N(1,
// κ²), then σ² = (ν s₀² + Σ w E[e²])/(ν + n), ν = 8. Then s₀² = 1/mean(1/σ²), τ² = mean(m² + v), ω² = max(.25,
// mean(b² + Var b)), κ² = mean((a - 1)² + Var a) within .005 and .25; μ takes up mean(b), and median(a) is made 1:
// the median, so that broken judges do not bend the scale. It stops after 300 rounds, or where no line is farther
// than 1e-7 points from its limit. Variances are points² of a scale of 100; see [Options] for others.
//
// hier fits hier1, with ω² down to .01, κ² down to .0005 and lines to 1e-5 points, then reads every score again in
// the light of the fit and fits again, at most eight times, until no score counts for anything else. The view of a
// score is what all other scores say of it, its own taken out: r = y - μ - b - a m₋, V = σ²/w + a² v₋.
//
//   - Tails. The degrees of freedom f are those of 2 to 50, or none, under which r/√V is likeliest as Student's t,
//     less 8/f: normal unless the scores say otherwise. A score then keeps (f + 1)/(f + r²/V) of its weight (Lange,
//     Little, Taylor 1989), which is its [Share.Trust].
//   - Drift. Where the order of a judge's scores is known, the slope of r over it, from -½ to ½, is shrunk by how
//     much judges' slopes vary beyond their errors, and taken out ([Profile.Slide]); in many contests judges grow
//     stricter or milder (Uto 2022 has it as a chain; a line is what few scores can tell).
//   - Steps. Where marks take at most 12 values, or 2 % of them stand at the highest or lowest one, a mark is the
//     interval to halfway to its neighbours, open at the ends, as in ordinal many-facet models (Uto, Ueno 2020). Its
//     likelihood is taken as that of a point with the same slope and bend, over what the work may be worth (package
//     steps).
//
// # Uncertainty
//
// The standard errors of additive, confidence and blup are exact for their models. Those of hier are the
// posterior's, given the judges' lines, plus what the lines' own uncertainty adds by the delta method: first order
// in b, a and σ², second order in the precision P. A judge's information is taken from leave-one-out predictions.
// Under heavy tails a score tells (f + 1)/(f + 3) of what its weight says. For hier the variance grows by 2 J/n, J
// judges and n scores, since lines are learned from the same scores: a share found by simulation.
//
// A rank interval answers: where may the true place be? Each work's quality is spread over its error; the number of
// others above a value is a sum of independent chances, known by mean and variance. The place's distribution, and
// with it the chance of each award, follows without drawing samples. How works are spread in quality is learned from
// all of them (Laird 1978), begun at the normal: many works below a ceiling, or two crowds, are not normal. Values
// that are not shrunk are shrunk by it for this purpose. [Result.Among] reads places and chances within a list off
// the fit of the whole contest, and chances fall as values do. In the simulations of connected designs the 95 %
// intervals of additive, confidence, blup and hier hold .94 to .96 of the true places; docs/fairness.md has hier in 28
// shapes of contests. Places are whole numbers, so that intervals in short lists hold more than is claimed; in lists
// of up to 100 works they are cut to the shortest that still hold .95. They promise less where panels are not
// connected: what separates panels is then known only from the assumption that panels are alike.
//
// # What it finds about judges and scores
//
// [Profile] describes a judge, [Result.Surprise] holds for each score its leave-one-out z, and [Result.Explain] and
// [Result.Influence] show how a value came about and which judges it depends on. They are hints for people to look at,
// never verdicts: of favours of 18 points among noise, a quarter to a third are among the most unusual 1 % of scores.
// Which judge favours which school, and by what chance, finds package judging/hints.
//
// # Agreement
//
// [Agree] gives the six intraclass correlations with intervals (Shrout, Fleiss 1979; McGraw, Wong 1996),
// Krippendorff's α (2011) by four metrics, Kendall's W corrected for ties (1948) with its χ² test, variance
// components by REML, and the A-efficiency of the judge graph.
//
// # At the edges
//
// Every table that passes [Table.Check] has an answer, and no number in it is NaN or infinite:
//
//   - A missing score is absent. A score entered twice is an error.
//   - A work without a score has N 0 and Rank 0; a judge without one has N 0.
//   - The value of a work with one score is as certain as one score is; a judge with one score adds nothing under
//     zscore, additive and confidence.
//   - A judge whose scores are all equal counts as 50 under zscore; hier gives them a scale near 0 and so little
//     weight.
//   - If all scores are equal, all works share place 1.
//   - With one judge, or one score per work, noise cannot be separated from quality: a warning says so, and any
//     place is possible where the method has no prior. blup then takes the variances it starts from.
//   - Disconnected pieces are ranked together under a warning, additive severities adding up to 0 in each;
//     [Standing.Component] tells the pieces.
//
// Additive, confidence, blup and pairwise, and the profiles of mean, trimmed and zscore, keep a square matrix of
// the smaller of works and judges, at most 3000. hier needs memory in proportion to the scores.
package stats
