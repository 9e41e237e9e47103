// Package assign decides which judge scores which work, and proves how good the plan is. It is pure: the same
// problem and seed give the same plan. It knows indices only, no names, no files, no clock.
//
// # What a plan is for
//
// Judges differ in severity, and each work meets only k of them. Afterwards, scores can be corrected for severity
// only as far as judges can be compared, which they are through the works they share. So the plan decides how fair
// a ranking can be before anyone has scored. The aims, in order of priority:
//
//  1. every work gets the judges it needs; conflicts, expertise, units, seniors and load limits hold; fixed pairs
//     stay;
//  2. loads are as equal as the limits allow: Σ load² is least, but where units and seniors are asked for together,
//     where it may be a few above. Among such plans, [Adjust] moves the fewest pairs and [Prefer] puts the fewest
//     judges outside their categories;
//  3. the judges of each category are connected through its works, or else through all works;
//  4. Σλ² − wishes is least, where λ is the number of works that two judges share: everyone meets everyone equally
//     often;
//  5. among plans equal so far, every judge gets a similar share of each category, and where works are few the
//     A-efficiency is high. Chance, from the seed, decides the rest.
//
// # What is measured
//
// With score = quality + severity + noise, the severities are estimated through the Laplacian C = R − N K⁻¹ Nᵀ (R
// loads, K scores of each work, N who scores what). The variance of the difference of two judges averages 2σ²/H,
// where H is the harmonic mean of the non-zero eigenvalues of C, and H ≤ μ* = Σ(k−1)/(J−1), reached only by
// balanced incomplete block designs. So A-efficiency = H/μ* and E-efficiency = λ₂/μ*. An A-efficiency of .9 means
// that a tenth of the comparing work is lost; below it [Proof] warns. With T meetings on P pairs of judges, f =
// ⌊T/P⌋ and R = T − fP: Σλ² ≥ (P−R)f² + R(f+1)². Where expertise, units or limits restrict who can meet, a
// Lagrangian dual over classes of like judges gives a sharper bound; [Proof.Bound] is the greater of the two.
//
// # How it is done, and in which file
//
//  1. cyclic.go: where only conflicts limit a pool of judges, a cyclic design. Judges stand on a circle, base
//     blocks are rotated through all places, and Σλ² is a sum over the differences within the blocks, small enough
//     for a search to reach the bound. Where a conflict is in the way, works exchange panels.
//  2. greedy.go: elsewhere a greedy start, the works with the fewest possible judges first, each with the judge of
//     least k·load + (J/k)·Σλ − preference.
//  3. augment.go: augmenting paths fill the empty seats. Either a path ends at a judge with room, or there is none
//     and the judges reached are the minimum cut, which becomes the [Shortage] shown to the user. So coverage is
//     exact: whatever can be solved is solved.
//  4. augment.go, mincost.go: paths from high loads to low ones until there are no more. Then Σ load² is least (no
//     negative cycle in a convex-cost flow). Negative cycles in pair costs are cancelled in the same graph: fewest
//     moves, fewest judges outside their categories.
//  5. exchange.go: random exchanges of two judges, made unless they increase Σλ², along plateaus down to the
//     bound. Then categorymix.go exchanges whole panels between categories, connect.go makes exchanges that merge
//     groups of judges, and efficiency_search.go those that lower the trace of the inverse Laplacian.
//  6. bound.go, dual.go, efficiency.go, components.go, proof.go: the figures that prove the result.
//
// With units alone or seniors alone the rules of a work are a matroid, so step 3 is exact with either. With both,
// the problem is as hard as satisfiability: then a random search follows, and if it fails the cause is [Clash],
// which proves nothing. Loads are then evened out along paths of single moves, and a rule may be in the way of one
// that others would make possible: of 375 such plans checked with a solver, 24 were 2 to 13 above the least Σ load².
//
// # Edge cases
//
// No works: an empty plan. No judges, or more needed than a work can have: [Infeasible] with cause [TooFewJudges].
// A limit of 0 is no limit; a judge who may take nothing is Closed. Repeated conflicts and fixed pairs count once.
// A fixed pair stays against conflict, expertise, unit and limit, with a warning; if more pairs are fixed than
// needed, all stay. A least load out of reach is infeasible too ([TooFewWorks]). With one score for each work no
// judges can be compared: the plan has the warning assign.torn. Groups that the data force apart are a warning;
// groups that seem avoidable are returned as [Disconnected] together with the complete plan.
//
// # Cost
//
// The table of λ takes 4 J² bytes and the proof J³ steps: 1,000 judges need 4 MB and .2 s. 3,000 works × 125 judges
// × 5 take 10 ms, 100,000 × 1,000 × 5 about one second.
//
// Sources: R. C. Bose, On the construction of balanced incomplete block designs (1939), for cyclic designs; J. A.
// John and E. R. Williams, Cyclic and Computer Generated Designs (1995), for efficiency; P. Hall (1935) for
// shortages; M. Klein (1967) for negative cycles; B. T. Polyak (1969) for the subgradient steps of the dual.
package assign
