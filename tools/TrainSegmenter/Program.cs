using System.Globalization;
using PhotoStyle.Segmentation.Networks;
using PhotoStyle.TrainSegmenter;

if (args is ["join", var one, var other, var joined])
{
    Joining.Write(one, other, joined);
    return 0;
}

if (args is not [var scenes, var photos, var network, var output, .. [] or [_, _]])
{
    Console.WriteLine("""
        Trains the classifier of areas that clustering uses.

        Usage: dotnet run --project tools/TrainSegmenter -c Release -- SCENES PHOTOS NETWORK OUT [UNITS VARIANTS]
               dotnet run --project tools/TrainSegmenter -c Release -- join ONE OTHER OUT

          SCENES    folder of pictures by tools/SceneRenderer: LAYOUT-SEED-LOOK.png with LAYOUT-SEED-mask.png; the highest seed is held back to measure
          PHOTOS    folder of photos that are free for training; NETWORK names what they show
          NETWORK   a segmentation network, as for 'photostyle segment --network'
          OUT       where the weights go: src/Engine/Segmentation/Clustering/area-classifier.safetensors
          UNITS     of the hidden layer, 64 unless given
          VARIANTS  in how many versions each picture is taken, 3 unless given
          join      makes one of two, whose logits are the mean of theirs: naming-classifier.safetensors beside it

        Example of pictures to train on:
          for seed in $(seq 11 22); do for layout in lake city; do
            for look in day sunset night fog winter; do
              dotnet run --project tools/SceneRenderer -c Release -- --layout $layout --look $look --seed $seed --size 256x170 --samples 2 -o scenes/$layout-$seed-$look.png
            done
            dotnet run --project tools/SceneRenderer -c Release -- --layout $layout --seed $seed --size 256x170 --mask scenes/$layout-$seed-mask.png
          done; done
        """);
    return args.Length == 0 ? 0 : 2;
}

var (training, held) = ExampleSet.Scenes(scenes);
using (SegmentationNetwork teacher = SegmentationNetwork.Open(network)) training.AddRange(ExampleSet.Photos(photos, teacher));
int Number(int position, int otherwise) => args.Length > position ? int.Parse(args[position], CultureInfo.InvariantCulture) : otherwise;
Trainer.Train(training, held, units: Number(4, 64), variants: Number(5, 3), output);
return 0;
