using PhotoStyle.Scoring;
using PhotoStyle.Segmentation;

namespace PhotoStyle.Engine.Tests.Scoring;

public sealed class MaskAgreementTests
{
    [Fact]
    public void The_same_classes_under_other_numbers_agree_wholly() =>
        Assert.Equal(new MaskAgreement(1, 1, 3), MaskAgreement.Of(([0, 0, 4, 7], [2, 2, 1, 0]), ([7, 7, 0, 4], [0, 0, 2, 1])));

    [Fact]
    public void A_class_found_may_stand_for_two_true_ones_but_then_only_the_better_is_its_partner()
    {
        MaskAgreement agreement = MaskAgreement.Of(([0, 0, 1, 2], [0, 0, 1, 1]));

        Assert.Equal(1, agreement.Joined);
        Assert.Equal((1 + 0.5) / 2, agreement.OneToOne);
    }

    [Fact]
    public void A_true_class_that_is_cut_up_counts_against_its_parts()
    {
        MaskAgreement agreement = MaskAgreement.Of(([0, 0, 0, 1], [0, 0, 2, 1]));

        Assert.Equal((2.0 / 3 + 1 + 0) / 3, agreement.Joined, 12);
        Assert.Equal((2.0 / 3 + 1) / 2, agreement.OneToOne, 12);
    }

    [Fact]
    public void Classes_that_change_sides_from_photo_to_photo_do_not_agree() =>
        Assert.InRange(MaskAgreement.Of(([0, 0, 1, 1], [0, 0, 1, 1]), ([0, 0, 1, 1], [1, 1, 0, 0])).Joined, 0, 0.51);

    [Fact]
    public void What_was_left_out_is_no_class_but_counts_against_the_true_one()
    {
        MaskAgreement agreement = MaskAgreement.Of(([0, 0, 0, 0, 1], [0, 0, 0, LabelMatch.NoClass, 1]));

        Assert.Equal(2, agreement.Classes);
        Assert.Equal((0.75 + 1) / 2, agreement.Joined, 12);
    }
}
