using FsRec.Alignment;

namespace FsRec.Tests.Alignment;

/// <summary>Frames that may lie elsewhere together have that in their errors.</summary>
public class PartMovesTests
{
    // Of four frames of even foci the two halves may be 8 px apart: without mean and slope (−4, −4, 4, 4) leaves (0.8, −2.4, 2.4, −0.8),
    // since the slope is Σ s·z / Σ z² = 16 / 5 a step at z = −1.5, −0.5, 0.5, 1.5. At even odds half of the squares.
    [Fact]
    public void A_move_of_a_part_is_in_the_error_of_all()
    {
        (double Dx, double Dy)[] spread = PartMoves.Spread([(double.NegativeInfinity, 0, 0), (-50, 3, 3), (0, 8, 0), (-50, 3, 3)], [-60, -50, -40, -30]);

        double[] squares = [0.64, 5.76, 5.76, 0.64];
        Assert.All(spread.Zip(squares), static s => Assert.Equal(0.5 * s.Second, s.First.Dx, 1e-9));
        Assert.All(spread, static s => Assert.Equal(0, s.Dy, 1e-9));
    }

    [Fact]
    public void One_that_is_out_of_the_question_is_not() => Assert.All(
        PartMoves.Spread([(double.NegativeInfinity, 0, 0), (-10, 100, 100), (-30, 8, 0)], [1, 2, 3]), static s => Assert.Equal((0, 0), s));

    [Fact]
    public void A_place_that_others_share_is_the_less_certain()
    {
        var judgement = new PlaceJudgement(false, 0.01, 0.01, [new RivalPlace(3, 0, 1)]) { Together = (2, 5) };

        Assert.Equal((2 + (0.5 * 9), 5), judgement.Spread((0, 0)));
    }
}
