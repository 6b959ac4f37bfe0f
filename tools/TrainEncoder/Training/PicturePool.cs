using PhotoStyle.TrainEncoder.Pictures;
using PhotoStyle.TrainEncoder.Teachers;

namespace PhotoStyle.TrainEncoder.Training;

/// <summary>
/// Pictures with their teachers' features, the oldest replaced by new ones bit by bit: the teachers cost many times what the student costs, so that every picture
/// has to serve for several steps. What it holds at a step follows from the step alone.
/// </summary>
internal sealed class PicturePool : IDisposable
{
    private readonly PictureMixture _pictures;
    private readonly TeacherEnsemble _teachers;
    private readonly IReadOnlyList<PrincipalBasis> _bases;
    private readonly TrainingOptions _options;
    private readonly PooledPicture?[] _slots;

    public PicturePool(PictureMixture pictures, TeacherEnsemble teachers, IReadOnlyList<PrincipalBasis> bases, TrainingOptions options)
    {
        (_pictures, _teachers, _bases, _options) = (pictures, teachers, bases, options);
        _slots = new PooledPicture?[options.Pool];
    }

    private int PairCount => _slots.Length / 2;

    /// <summary>Fills the pool as it is at a step.</summary>
    public void Fill(int step, Action<int> progress)
    {
        int replaced = step / _options.Refresh;
        for (int slot = 0; slot < PairCount; slot++)
        {
            // The latest of the indices slot, slot + PairCount, … below those replaced so far.
            int index = slot + (PairCount + replaced - 1 - slot) / PairCount * PairCount;
            Put(slot, index);
            progress(slot + 1);
        }
    }

    /// <summary>Goes on to the next step: now and then a new pair takes the place of the oldest.</summary>
    public void Advance(int step)
    {
        if ((step + 1) % _options.Refresh != 0) return;
        int index = PairCount + (step + 1) / _options.Refresh - 1;
        Put(index % PairCount, index);
    }

    /// <summary>Draws the pictures of a step: pairs, so that each picture is there in two grades.</summary>
    public IReadOnlyList<PooledPicture> Draw(int step)
    {
        var random = new Random(unchecked(_options.Seed * 83492791 ^ step));
        int[] pairs = [.. Enumerable.Range(0, PairCount)];
        random.Shuffle(pairs);
        return [.. pairs.Take(_options.Batch / 2).SelectMany(p => new[] { _slots[2 * p]!, _slots[2 * p + 1]! })];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PooledPicture? slot in _slots) slot?.Dispose();
    }

    private void Put(int slot, int index)
    {
        IReadOnlyList<PooledPicture> pair = PooledPicture.Of(_pictures.Pair(index), _teachers, _bases);
        for (int i = 0; i < 2; i++)
        {
            _slots[2 * slot + i]?.Dispose();
            _slots[2 * slot + i] = pair[i];
        }
    }
}
